import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { data } from './data.ts';

let folder: string;
let printed: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-data-'));
  vi.stubEnv('STUDYHALL_DATA', folder);
  vi.stubEnv('STUDYHALL_HOME', join(folder, '.home'));
  printed = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
});
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

const write = async (name: string, bytes: Buffer) => {
  await mkdir(join(folder, 'cifar'), { recursive: true });
  await writeFile(join(folder, 'cifar', name), bytes);
};
/** Records of CIFAR-100, each of one coarse and one fine label. */
const records = (...labels: number[]) =>
  Buffer.concat(labels.map((label) => Buffer.concat([Buffer.from([0, label]), Buffer.alloc(3072, label)])));

describe('trainer data', () => {
  it('lists what is usable, with its sizes and what there is to say of them', async () => {
    await write('train.bin', records(0, 1));
    await write('test.bin', records(2));
    expect(await data([])).toBe(0);
    expect(printed).toContain('shapes-16\n  8,000 training and 2,000 test samples, 20 classes; rgb 16×16×3, depth 16×16×1\n  sha256:');
    expect(printed).toMatch(
      /\ncifar\n {2}2 training and 1 test samples, 100 classes; image 32×32×3\n {2}published with 50000 and 10000: a subset, or files cut short/,
    );
    expect(printed).toContain('\ncifar-coarse\n  2 training and 1 test samples, 20 classes;');
  });

  it('names the file that is wrong, says what is wrong with it, and ends with 1', async () => {
    await write('train.bin', records(0, 1));
    await write('test.bin', records(2).subarray(0, 1000));
    expect(await data([])).toBe(1);
    expect(printed).toContain(`cifar: cannot be used\n  ${join(folder, 'cifar', 'test.bin')}: 1,000 bytes are not a multiple of 3,074`);
    expect(printed).toContain('cifar-coarse: cannot be used');
  });

  it.each(['nothing-known', 'toString'])('gets what is published only, and says what that is: not %s', async (name) => {
    await expect(data(['get', 'mnist', name])).rejects.toThrow(
      `"${name}" is not a dataset that can be got; there are mnist, fashion-mnist,`,
    );
  });
});
