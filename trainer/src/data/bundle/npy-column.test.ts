import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readColumn } from './npy-column.ts';
import { npyArray } from './testing/npy.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-column-'));
});
afterAll(() => rm(folder, { recursive: true }));

const column = async (type: string, values: readonly (number | bigint)[]) => {
  const path = join(folder, 'c.npy');
  await writeFile(path, npyArray(type, [values.length], values));
  return readColumn(path, values.length);
};

const fault = (type: string, values: readonly (number | bigint)[]): Promise<string> =>
  column(type, values).then(
    () => 'nothing was wrong',
    (error: Error) => error.message.replace(`${folder}/`, ''),
  );

describe('a column of whole numbers', () => {
  it.each(['<i4', '>i4', '<u4', '<i8', '>i8', '<u8', '>u8', '<f8', '>f8'])('of type %s tells neighbours beyond 2²⁴ apart', async (type) => {
    expect(await column(type, [20210000, 20210001])).toEqual([20210000, 20210001]);
  });

  it('of 64-bit integers tells them apart up to the last', async () => {
    const largest = [2n ** 53n, 2n ** 53n + 1n, 2n ** 63n - 1n, -(2n ** 63n)];
    expect(await column('<i8', largest)).toEqual(largest);
    expect(await column('>u8', [2n ** 64n - 1n, 2n ** 64n - 2n])).toEqual([2n ** 64n - 1n, 2n ** 64n - 2n]);
    expect(await column('<i8', [-5, 0, 2n ** 53n - 1n])).toEqual([-5, 0, 2 ** 53 - 1]);
  });

  it('of floats has no sign of zero, and of truth values holds 0 and 1', async () => {
    expect((await column('<f4', [-0, 3])).map((value) => Object.is(value, 0) || value)).toEqual([true, 3]);
    expect(await column('|b1', [1, 0])).toEqual([1, 0]);
    expect(await column('|i1', [-1, 1])).toEqual([-1, 1]);
  });

  it.each([
    [[0, 0.99999999999], 'c.npy: sample 1 has 0.99999999999; it must be a whole number'],
    [[Number.NaN], 'c.npy: sample 0 has NaN; it must be a whole number'],
    [[1, 2, Number.NEGATIVE_INFINITY], 'c.npy: sample 2 has -Infinity; it must be a whole number'],
    [[1e-300], 'c.npy: sample 0 has 1e-300; it must be a whole number'],
  ])('refuses %j with the sample and its value', async (values, message) => {
    expect(await fault('<f8', values)).toBe(message);
  });

  it('refuses floats so large that a neighbour may have been rounded to them', async () => {
    expect(await fault('<f4', [1, 20210000])).toBe(
      'c.npy: sample 1 has 20210000; floats of 32 bits tell whole numbers apart below 16777216 only: save the column as int64',
    );
    expect(await column('<f4', [2 ** 24 - 1])).toEqual([2 ** 24 - 1]);
    // 2²⁴ + 1 is rounded to it.
    expect(await fault('<f4', [2 ** 24])).toContain('sample 0 has 16777216');
    expect(await fault('<f8', [2 ** 53 + 2])).toContain('floats of 64 bits tell whole numbers apart below 9007199254740992 only');
  });
});
