import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestAssignment } from '../alignment/assignment.ts';
import { whileWatched } from '../alive.ts';
import { contentOf } from './content.ts';
import { measureNormalisation } from './normalisation.ts';
import { sha256Of } from './sha256.ts';
import { generateShapes } from './shapes/generate.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-alive-'));
});
afterAll(() => rm(folder, { recursive: true }));

const signsOf = async (work: () => unknown): Promise<number> => {
  let signs = 0;
  await whileWatched(
    () => signs++,
    async () => {
      await work();
    },
  );
  return signs;
};

describe('a sign of life is given', () => {
  it('for each picture that is generated', async () => {
    expect(await signsOf(() => generateShapes(16))).toBeGreaterThanOrEqual(10_000);
  });

  it('for each piece of a file that is unpacked', async () => {
    const path = join(folder, 'zeros.gz');
    await writeFile(path, gzipSync(Buffer.alloc(5 * 2 ** 20)));
    expect(await signsOf(() => contentOf(path))).toBeGreaterThanOrEqual(5);
  });

  it('for each piece of the data that is measured, and hashed', async () => {
    const values = new Uint8Array(3 * 2 ** 22);
    const signs = await signsOf(() => measureNormalisation({ name: 'image', shape: [1, 1, 3] }, values));
    expect(signs).toBeGreaterThanOrEqual(3);
    expect(await signsOf(() => sha256Of([new Uint8Array(2 ** 27)]))).toBe(2);
  });

  it('for each neuron that is assigned', async () => {
    expect(await signsOf(() => bestAssignment(new Float64Array(64 * 64).fill(1), 64))).toBeGreaterThanOrEqual(64);
  });
});
