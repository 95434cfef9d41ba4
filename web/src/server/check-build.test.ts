import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkBuild } from './check-build.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'studyhall-build-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

it('pages that were built for another path, or not at all, are not served', async () => {
  await expect(checkBuild(folder, '')).rejects.toThrow('The pages have not been built yet. Build them with the same BASE_PATH');
  await mkdir(path.join(folder, '.next'));
  const built = (basePath: string) => writeFile(path.join(folder, '.next/routes-manifest.json'), JSON.stringify({ basePath }));
  await built('/studyhall');
  await expect(checkBuild(folder, '/studyhall')).resolves.toBeUndefined();
  await expect(checkBuild(folder, '')).rejects.toThrow('BASE_PATH is not set, but the pages were built for /studyhall.');
  await built('');
  await expect(checkBuild(folder, '')).resolves.toBeUndefined();
  await expect(checkBuild(folder, '/lab')).rejects.toThrow('BASE_PATH is /lab, but the pages were built for none.');
});
