import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cudaLibrary, isInstalled } from '../../../trainer/src/engine/compiled/installed.ts';
import { notInstalled } from '../../../trainer/src/engine/compiled/provider.ts';
import { cudaFolders, libraryPath, neededOf } from '../../../trainer/src/engine/cuda-libraries.ts';
import { enginesFolder, isInPlace, librariesIn, placesIn } from '../../../trainer/src/engine/tensorflow/place.ts';
import { CUDA_WHEELS, isTaken } from '../../../trainer/src/engine/tensorflow/wheels.ts';
import { expectSpace } from '../../../trainer/src/fetch/expect-space.ts';
import { fetchFile } from '../../../trainer/src/fetch/fetch-file.ts';
import type { Progress } from '../../../trainer/src/fetch/progress.ts';
import type { PublishedFile } from '../../../trainer/src/fetch/published-file.ts';
import { WrongAnswer } from '../../../trainer/src/fetch/request.ts';
import { unzip } from '../../../trainer/src/fetch/zip.ts';
import { endWith } from '../../ending.ts';
import { pythonWith } from '../python.ts';

const repository = fileURLToPath(new URL('../../../', import.meta.url));

/** Bytes of the wheels and of what is taken out of them. */
const CUDA_NEEDS = 4.5e9;

/** Runs a program to its end. @throws Error with the end of what it said, if it failed or was cut. */
const run = async (file: string, args: readonly string[], signal: AbortSignal, env: NodeJS.ProcessEnv = {}): Promise<void> => {
  const child = spawn(file, args, { cwd: repository, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  const cut = () => child.kill('SIGKILL');
  signal.addEventListener('abort', cut);
  const closed = endWith(cut);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      said = `${said}${piece.toString()}`.slice(-1500);
    });
  }
  try {
    const how = await new Promise<string | number>((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code, by) => resolve(by ?? code ?? 1));
    });
    if (how !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${how}: ${said.trim()}`);
  } finally {
    signal.removeEventListener('abort', cut);
    closed();
  }
};

/** The folders of libraries in wheels of NVIDIA's that were unpacked there. */
const nvidiaFolders = (site: string): string[] =>
  existsSync(join(site, 'nvidia')) ? readdirSync(join(site, 'nvidia')).map((name) => join(site, 'nvidia', name, 'lib')) : [];

const ownCuda = (engines: string) => join(engines, 'cuda-12');

/** Where CUDA lies that was brought here, be it for TensorFlow. */
const broughtFolders = (engines: string): string[] => {
  const own = nvidiaFolders(ownCuda(engines));
  return own.length > 0 ? own : nvidiaFolders(librariesIn(placesIn(engines, 'tfjs-node-gpu').engine));
};

/** The environment in which processes find the CUDA that was brought. */
export const cudaEnvironment = (engines = enginesFolder()): NodeJS.ProcessEnv => {
  const folders = [...libraryPath(), ...broughtFolders(engines)];
  return folders.length === 0 ? {} : { LD_LIBRARY_PATH: folders.join(':') };
};

/**
 * Puts NVIDIA's libraries of CUDA 12 and cuDNN 9 under a folder, by known checksums; there only once all of them are.
 *
 * @throws FetchError saying what could not be had, or what the disk lacks
 */
export const bringLibraries = async (
  engines: string,
  {
    wheels = CUDA_WHEELS,
    needed = CUDA_NEEDS,
    progressOf,
  }: {
    readonly wheels?: readonly PublishedFile[];
    readonly needed?: number;
    readonly progressOf: (file: string) => Progress;
  },
): Promise<void> => {
  await mkdir(engines, { recursive: true });
  await expectSpace(engines, needed);
  const [fetched, fresh] = [join(engines, '.cuda-12.fetched'), join(engines, '.cuda-12.new')];
  await rm(fresh, { recursive: true, force: true });
  for (const wheel of wheels) {
    const archive = await fetchFile(wheel, fetched, { progress: progressOf(wheel.name) });
    await unzip(archive, (name) => (isTaken(name) && !name.includes('..') ? join(fresh, name) : null));
  }
  await rm(ownCuda(engines), { recursive: true, force: true });
  await rename(fresh, ownCuda(engines));
  await rm(fetched, { recursive: true, force: true });
};

/**
 * ONNX Runtime's library for CUDA by its package's own script, then CUDA 12 and cuDNN 9 unless the system has them.
 *
 * @returns what was there and what was brought, in words
 */
export const bringCuda = async (
  signal: AbortSignal,
  progressOf: (file: string) => Progress,
  engines = enginesFolder(),
): Promise<string> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error(notInstalled('cuda'));
  const had = isInstalled('cuda');
  if (!had)
    await run(process.execPath, ['node_modules/onnxruntime-node/script/install.js'], signal, { ONNXRUNTIME_NODE_INSTALL: 'cuda12' });
  const needed = neededOf(cudaLibrary());
  const lacking = () => {
    const folders = [...cudaFolders(), ...broughtFolders(engines)];
    return needed.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  };
  const runtime = `ONNX Runtime's library ${had ? 'was there' : 'was brought'}`;
  if (lacking().length === 0) return `${runtime}, CUDA was there`;
  if (!needed.includes('libcudart.so.12'))
    throw new Error(`${cudaLibrary()} wants ${needed.join(', ')}, and what is brought here is CUDA 12: install that by NVIDIA's packages`);
  const progress = (file: string): Progress => {
    const show = progressOf(file);
    return (received, total) => {
      // What came stays, and the next call goes on from there.
      if (signal.aborted) throw new WrongAnswer('was cut for want of time');
      show(received, total);
    };
  };
  await bringLibraries(engines, { progressOf: progress });
  if (lacking().length > 0) throw new Error(`${lacking().join(', ')} did not come with NVIDIA's wheels`);
  return `${runtime}, CUDA 12 and cuDNN 9 were brought to ${ownCuda(engines)}`;
};

const ownPython = (engines: string) => join(engines, 'pytorch', 'bin', 'python');

/** A Python that can import torch: one that was brought, else one of the system's. */
export const pythonWithTorch = (engines = enginesFolder()): string | null => {
  const brought = existsSync(ownPython(engines)) ? pythonWith('torch', [ownPython(engines)]) : null;
  return brought ?? pythonWith('torch');
};

/** PyTorch in a virtual environment of its own, unless some Python has it. @returns in words what is there now */
export const bringPyTorch = async (signal: AbortSignal, engines = enginesFolder()): Promise<string> => {
  const found = pythonWithTorch(engines);
  if (found !== null) return `${found} has torch`;
  const python = pythonWith('venv, ensurepip');
  if (python === null)
    throw new Error(
      'no Python here can make a virtual environment (Debian: apt-get install python3-venv), and none can import torch: measured without PyTorch',
    );
  await mkdir(engines, { recursive: true });
  await run(python, ['-m', 'venv', join(engines, 'pytorch')], signal);
  await run(ownPython(engines), ['-m', 'pip', 'install', '--no-input', '--disable-pip-version-check', 'torch', 'numpy'], signal);
  return `torch was brought to ${join(engines, 'pytorch')}`;
};

/** TensorFlow with its GPU, unless it is in place. @returns in words what is there now */
export const bringTensorFlow = async (signal: AbortSignal): Promise<string> => {
  if (isInPlace('tfjs-node-gpu')) return 'tfjs-node-gpu was there';
  await run(process.execPath, ['start/trainer.mjs', 'install', 'tfjs-node-gpu'], signal);
  return 'tfjs-node-gpu was brought';
};
