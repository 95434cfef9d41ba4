import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { KeptSurvey } from './kept-survey.ts';

let data: string;
let surveys: number;
let kept: KeptSurvey;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'studyhall-survey-'));
  surveys = 0;
  kept = new KeptSurvey({ data, cache: data }, async () => {
    surveys += 1;
    return { usable: [], unusable: [] };
  });
});
afterEach(() => rm(data, { recursive: true }));

/** How often the datasets were read for it. */
const reads = async () => {
  const before = surveys;
  await kept.current();
  return surveys - before;
};

it('datasets are read once, and again when a file of theirs was added, written, made readable or removed', async () => {
  expect([await reads(), await reads()]).toEqual([1, 0]);
  const folder = join(data, 'pets', 'train', 'cat');
  await mkdir(folder, { recursive: true });
  expect([await reads(), await reads()]).toEqual([1, 0]);
  const file = join(folder, 'a.png');
  await writeFile(file, 'one');
  expect([await reads(), await reads()]).toEqual([1, 0]);
  await writeFile(file, 'three');
  expect([await reads(), await reads()]).toEqual([1, 0]);
  await chmod(file, 0o600);
  expect([await reads(), await reads()]).toEqual([1, 0]);
  await rm(file);
  expect([await reads(), await reads()]).toEqual([1, 0]);
});

it('links that lead back up or nowhere, and a folder that is not there, are no obstacle', async () => {
  await symlink(data, join(data, 'again'));
  await symlink(join(data, 'nowhere'), join(data, 'dead'));
  expect([await reads(), await reads()]).toEqual([1, 0]);
  const missing = new KeptSurvey({ data: join(data, 'missing'), cache: data }, async () => ({ usable: [], unusable: [] }));
  await expect(missing.current()).resolves.toEqual({ usable: [], unusable: [] });
});
