import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FileServer } from '../../fetch/testing/file-server.ts';
import { zipOf } from '../../fetch/testing/zip-of.ts';
import { parseCards } from '../cards.ts';
import { findCuda13, libraryPath } from '../cuda-libraries.ts';
import type { TensorFlowName } from '../names.ts';
import { openEngine } from '../open.ts';
import { installTensorFlow, uninstallTensorFlow } from './install.ts';
import { expectLibrary } from './load.ts';
import { expectMachine, lacksOf, type Machine } from './machine.ts';
import { bindingIn, enginesFolder, placesIn } from './place.ts';
import { BUILDS, type Build, isTaken, VERSION } from './wheels.ts';

const TENSORFLOW = 'tfjs-node';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'studyhall-engines-'));
  vi.stubEnv('STUDYHALL_ENGINES', root);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(root, { recursive: true });
});

describe('the engine tfjs-node', () => {
  it('says how it is installed where it is not', async () => {
    await expect(openEngine(TENSORFLOW)).rejects.toThrow(
      `tfjs-node is not installed in ${join(root, TENSORFLOW)}; install it by: npm run trainer -- install tfjs-node`,
    );
  });

  it('says that a damaged one does not work', async () => {
    const binding = bindingIn(join(root, TENSORFLOW));
    await mkdir(dirname(binding), { recursive: true });
    await writeFile(binding, 'not a library');
    await expect(openEngine(TENSORFLOW, { threads: 1 })).rejects.toThrow(`tfjs-node in ${join(root, TENSORFLOW)} does not work: `);
  });

  it('is removed with all that was fetched for it, and nothing else', async () => {
    const { engine, fetched, fresh } = placesIn(root, TENSORFLOW);
    for (const folder of [engine, fetched, fresh, join(root, 'cuda-12')]) await mkdir(folder, { recursive: true });
    expect(await uninstallTensorFlow(TENSORFLOW, root)).toBe(true);
    expect(await readdir(root)).toEqual(['cuda-12']);
    expect(await uninstallTensorFlow(TENSORFLOW, root)).toBe(false);
  });

  it('lies where STUDYHALL_ENGINES says, else in the home', () => {
    expect(enginesFolder({ STUDYHALL_HOME: '/home/own', STUDYHALL_ENGINES: '' })).toBe('/home/own/engines');
    expect(enginesFolder({ STUDYHALL_HOME: '/home/own', STUDYHALL_ENGINES: '/large' })).toBe('/large');
  });

  it('is fetched by checksums known beforehand, and takes two libraries and their headers out of the wheel', () => {
    for (const { wheels, packages } of Object.values(BUILDS)) {
      for (const { checksum } of wheels) expect(checksum).toMatch(/^sha256:[0-9a-f]{64}$/);
      for (const { checksum } of Object.values(packages)) expect(checksum).toMatch(/^sha512:[0-9a-f]{128}$/);
    }
    const taken = ['tensorflow/libtensorflow_cc.so.2', 'tensorflow/include/tensorflow/c/c_api.h', 'tensorflow/THIRD_PARTY_NOTICES.txt'];
    expect(taken.filter((name) => !isTaken(name))).toEqual([]);
    expect(['tensorflow/python/pywrap.so', 'tensorflow/libtensorflow_cc.so.2.bak', 'tensorflow/__init__.py'].filter(isTaken)).toEqual([]);
  });

  it('takes for a GPU what the loader looks for beside it, and what makes code for a card that TensorFlow has none for', () => {
    const libraries = ['cublas/lib/libcublasLt.so.12', 'cudnn/lib/libcudnn.so.9', 'cuda_nvrtc/lib/libnvrtc-builtins.so.12.9'];
    const taken = [...libraries, 'cuda_nvcc/bin/ptxas', 'cuda_nvcc/nvvm/libdevice/libdevice.10.bc'].map((name) => `nvidia/${name}`);
    expect(taken.filter((name) => !isTaken(name))).toEqual([]);
    expect(['nvidia/cudnn/include/cudnn.h', 'nvidia/nccl/lib/libnccl_device.bc'].filter(isTaken)).toEqual([]);
    expect(BUILDS['tfjs-node-gpu'].wheels.map(({ name }) => name.split('-')[0])).toContain('nvidia_cudnn_cu12');
    expect(BUILDS['tfjs-node-gpu'].wheels.filter(({ name }) => name.includes('cu13'))).toEqual([]);
  });
});

/** A machine on which everything can be installed. */
const able: Machine = {
  platform: 'linux',
  arch: 'x64',
  glibc: '2.36',
  compiler: 'g++ (Debian 12.2.0-14) 12.2.0',
  free: 20e9,
  cards: [{ name: 'NVIDIA H200', driver: '570.86.10', memory: 143771, capability: '9.0' }],
};

describe('what a machine lacks is said before anything is fetched', () => {
  const lacks = (changes: Partial<Machine>, name: TensorFlowName = 'tfjs-node-gpu') =>
    lacksOf(name, 9e9, { ...able, ...changes }).join('; ');
  const card = (changes: object) => ({ cards: [{ name: 'T', driver: '550.54.15', memory: 8192, capability: '7.5', ...changes }] });

  it('nothing, where all is there; a CPU needs no card', () => {
    expect(lacks({})).toBe('');
    expect(lacks({ cards: [], cuda13: '/usr/local/cuda-13.0/lib64' }, 'tfjs-node')).toBe('');
  });

  it.each([
    [
      { platform: 'darwin', arch: 'arm64' },
      'is installed on Linux x64 only, and this is darwin arm64; the engine that works here is compiled-cpu',
    ],
    [{ platform: 'win32' }, 'works here is compiled-cpu, and compiled-webgpu on its GPU'],
    [{ arch: 'arm64' }, 'this is linux arm64; the engine that works here is compiled-cpu'],
    [{ glibc: undefined }, 'needs the GNU C library'],
    [{ glibc: '2.17' }, 'the GNU C library here is 2.17, and TensorFlow needs 2.27 or newer'],
    [{ compiler: undefined }, 'apt-get install g++'],
    [{ compiler: 'g++ (Ubuntu 7.5.0-3ubuntu1~18.04) 7.5.0' }, 'g++ here is 7.5.0, and C++17 needs 8 or newer'],
    [{ free: 2e9 }, 'the disk has 2.0 GB free where engines lie, and 9.0 GB are needed'],
    [{ cards: [] }, 'an NVIDIA card and its driver are needed, and nvidia-smi shows none'],
    [card({ driver: '470.256.02' }), 'the driver 470.256.02 of T is too old for CUDA 12: install 525.60.13'],
    [card({ driver: '525.60.12' }), 'is too old'],
    [card({ driver: '525.60.13' }), ''],
    [card({ driver: '580.65.06' }), ''],
    [card({ capability: '5.2' }), 'T has compute capability 5.2, and TensorFlow has code for 6.0 and up'],
    [card({ capability: '12.0' }), ''],
    [card({ memory: 1024 }), 'T has 1024 MiB of memory, and 2000 are needed'],
    [{ cuda13: '/opt/cuda-13/lib64' }, 'LD_LIBRARY_PATH leads to CUDA 13 in /opt/cuda-13/lib64'],
  ])('%j', (changes, words) => {
    if (words === '') expect(lacks(changes)).toBe('');
    else expect(lacks(changes)).toContain(words);
  });

  it('all of it at once; of several cards one that fits is enough', () => {
    expect(() => expectMachine('tfjs-node-gpu', 9e9, { ...able, compiler: undefined, free: 0, cards: [] })).toThrow(
      /^tfjs-node-gpu cannot be installed here:\n {2}a C\+\+ compiler .*\n {2}the disk has 0 bytes .*\n {2}an NVIDIA card /,
    );
    expect(lacks({ cards: [...card({ memory: 512 }).cards, ...able.cards] })).toBe('');
    expect(lacks({ cards: [...card({ memory: 512 }).cards, ...card({ driver: '450.1' }).cards] })).toMatch(/512 MiB.*450\.1/);
  });

  it('cards are read as nvidia-smi prints them, with a comma of no name and without what an old driver does not know', () => {
    expect(parseCards('NVIDIA H200, 570.86.10, 143771, 9.0\nTesla M60, 470.1, 7618, [N/A]\n\n')).toEqual([
      { name: 'NVIDIA H200', driver: '570.86.10', memory: 143771, capability: '9.0' },
      { name: 'Tesla M60', driver: '470.1', memory: 7618 },
    ]);
    expect(parseCards('NVIDIA-SMI has failed because it could not communicate with the NVIDIA driver.\n')).toEqual([]);
  });

  it('CUDA 13 is found by its libraries', async () => {
    await mkdir(join(root, 'lib64'));
    expect(findCuda13([join(root, 'none'), join(root, 'lib64')])).toBeUndefined();
    await writeFile(join(root, 'lib64', 'libcudart.so.13'), '');
    expect(findCuda13([join(root, 'none'), join(root, 'lib64')])).toBe(join(root, 'lib64'));
    expect(libraryPath({ LD_LIBRARY_PATH: ':/a::/b' })).toEqual(['/a', '/b']);
  });
});

describe('a wheel', () => {
  let server: FileServer;
  beforeEach(async () => {
    server = await FileServer.open();
  });
  afterEach(() => server.close());

  const wheelOf = (bytes: Buffer, served: Buffer = bytes): Build => ({
    wheels: [
      {
        name: 'tensorflow-2.21.0.whl',
        urls: [server.file('/tensorflow.whl', served)],
        checksum: `sha256:${createHash('sha256').update(bytes).digest('hex')}`,
      },
    ],
    packages: {},
    needed: 1,
  });
  const installed = (build: Build, name: TensorFlowName = 'tfjs-node-gpu') =>
    installTensorFlow(name, root, { say: () => {}, progressOf: () => () => {}, build, machine: able });

  it('that is another one, or cut short, is refused, and nothing is in place', async () => {
    const wheel = zipOf({ 'tensorflow/libtensorflow_cc.so.2': Buffer.from('library') });
    await expect(installed(wheelOf(wheel, wheel.subarray(0, 40)))).rejects.toThrow(/tensorflow\.whl serves other bytes: sha256:/);
    await expect(installed(wheelOf(wheel.subarray(0, 40)))).rejects.toThrow('tensorflow-2.21.0.whl is damaged or cut short');
    await expect(installed(wheelOf(wheel))).rejects.toThrow(
      'tensorflow-2.21.0.whl is not the wheel that it is named for: it does not hold tensorflow/libtensorflow_framework.so.2',
    );
    expect(existsSync(join(root, 'tfjs-node-gpu'))).toBe(false);
  });

  it('is not asked for where the machine lacks something', async () => {
    const build = { ...wheelOf(Buffer.from('')), needed: 1e12 };
    await expect(installed(build)).rejects.toThrow('1000.0 GB are needed');
    expect(server.asked).toEqual([]);
  });

  it('goes on where it was cut', async () => {
    const wheel = zipOf({ 'a.txt': Buffer.alloc(5000, 'a') }, ['a.txt']);
    const build = wheelOf(wheel);
    server.cutting('/tensorflow.whl', wheel, 3000);
    await expect(installed(build)).rejects.toThrow('is not the wheel that it is named for');
    expect(server.asked.map(({ range }) => range)).toEqual([undefined, 'bytes=3000-']);
  });
});

describe('a library that is loaded', () => {
  it('has to be the one that was installed, and to use the card if it is to', () => {
    expect(() => expectLibrary('tfjs-node', { version: VERSION, onGpu: false })).not.toThrow();
    expect(() => expectLibrary('tfjs-node-gpu', { version: VERSION, onGpu: true })).not.toThrow();
    expect(() => expectLibrary('tfjs-node', { version: '2.4.1', onGpu: false })).toThrow(
      `it is TensorFlow 2.4.1 and not ${VERSION}: LD_LIBRARY_PATH`,
    );
    expect(() => expectLibrary('tfjs-node-gpu', { version: VERSION, onGpu: false })).toThrow(
      'finds no GPU that it can use, and would compute on the CPU',
    );
  });
});
