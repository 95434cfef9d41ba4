import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cudaFaults } from './cuda-faults.ts';
import { cudaFolders, neededOf } from './cuda-libraries.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studyhall-cuda-'));
  // As a library's table of strings has them, beside others that only begin alike.
  const names = ['libcudart.so.', 'libcudart.so.12', 'libcublas.so.12', 'libcudart.so.13'];
  await writeFile(join(root, 'provider.so'), `\x7fELF\0${names.join('\0')}\0`);
});
afterEach(() => rm(root, { recursive: true }));

const folder = async (name: string, ...libraries: string[]): Promise<string> => {
  const path = join(root, name);
  await mkdir(path);
  for (const library of libraries) await writeFile(join(path, library), '');
  return path;
};
const card = { name: 'NVIDIA H200', driver: '570.86.10', memory: 143_771 };
const faults = (folders: string[], loaderFolders = folders, cards = [card]) =>
  cudaFaults(join(root, 'provider.so'), { folders, loaderFolders, cards });

it('the versions that a library was built for are read out of it', () => {
  expect(neededOf(join(root, 'provider.so'))).toEqual(['libcudart.so.12', 'libcublas.so.12', 'libcudnn.so.9']);
});

it('nothing is wrong where all of them lie', async () => {
  expect(faults([await folder('a', 'libcudart.so.12', 'libcublas.so.12'), await folder('b', 'libcudnn.so.9')])).toEqual([]);
});

it('CUDA 13 where 12 is wanted: found and wanted are named, and what is not there at all', async () => {
  const other = await folder('cuda-13.0', 'libcudart.so.13', 'libcublas.so.13', 'libcublas.so.13.0.2');
  expect(faults([join(root, 'none'), other])).toEqual([
    `libcudart.so.12 is wanted, and ${other} has libcudart.so.13`,
    `libcublas.so.12 is wanted, and ${other} has libcublas.so.13`,
    'libcudnn.so.9 is wanted, and not found',
  ]);
});

it('a folder that the loader does not look into is named once', async () => {
  const seen = await folder('a', 'libcudnn.so.9');
  const unseen = await folder('cuda-12.6', 'libcudart.so.12', 'libcublas.so.12');
  expect(faults([seen, unseen], [seen])).toEqual([
    `CUDA's libraries in ${unseen} may be out of the loader's sight: put that folder into LD_LIBRARY_PATH`,
  ]);
});

it('no card, and a driver that is too old; of several cards one with a right driver is enough', async () => {
  const all = [await folder('a', 'libcudart.so.12', 'libcublas.so.12', 'libcudnn.so.9')];
  const old = { ...card, name: 'Tesla M60', driver: '470.1' };
  expect(faults(all, all, [])).toEqual(['nvidia-smi shows no card: it has to work in this very shell or container']);
  expect(faults(all, all, [old])).toEqual(['the driver 470.1 of Tesla M60 is too old for CUDA 12: 525.60.13 or newer is wanted']);
  expect(faults(all, all, [old, card])).toEqual([]);
  await writeFile(join(root, 'provider.so'), 'libcudart.so.13\0');
  expect(faults([await folder('c', 'libcudart.so.13', 'libcudnn.so.9')])).toEqual([
    'the driver 570.86.10 of NVIDIA H200 is too old for CUDA 13: 580.65.06 or newer is wanted',
  ]);
});

it("the environment's folders come first, then the system's, then those of installers", () => {
  expect(cudaFolders({ LD_LIBRARY_PATH: '/own::/other' }).slice(0, 4)).toEqual([
    '/own',
    '/other',
    '/usr/lib/x86_64-linux-gnu',
    '/usr/lib64',
  ]);
});
