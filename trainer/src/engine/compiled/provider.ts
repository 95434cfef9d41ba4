import { existsSync } from 'node:fs';
import ort from 'onnxruntime-node';
import { readCards } from '../cards.ts';
import { cudaFaults } from '../cuda-faults.ts';
import { cudaFolders, libraryPath } from '../cuda-libraries.ts';
import { EngineError } from '../engine-error.ts';
import { FULL_PRECISION } from '../full-precision.ts';
import { compiledName, type ProviderName } from '../names.ts';
import { whatWorksOn } from '../what-works.ts';
import { convolveNchwc } from './graph/convolution.ts';
import { Graph } from './graph/graph.ts';
import { serialize } from './graph/serialize.ts';
import { int } from './graph/value.ts';
import { cudaLibrary, isInstalled } from './installed.ts';

/** What runs graphs: an execution provider of ONNX Runtime. */
export type Provider = {
  readonly name: ProviderName;
  readonly threads: number;
  /** Channels per block of the CPU's convolutions; 1: there are none. */
  readonly block: number;
  /** Most tensors that one node may read or write; absent: any number. */
  readonly mostTensors?: number;
  /** What it does with numbers of 16 bits; absent: it casts to them. */
  readonly halves?: 'none' | 'products';
  /** Inputs and outputs may be views of the state's memory. */
  readonly views?: boolean;
  /** Outputs can stay in the device's memory and be inputs of the next step; else they are copied to the host and back. */
  readonly keepsOnDevice?: boolean;
  /** Training steps taken in one call, between which the state does not leave the device; absent: one. */
  readonly stepsPerCall?: number;
};

/** Session settings for a provider. */
export const sessionOptions = ({ name, threads }: Provider): ort.InferenceSession.SessionOptions => ({
  executionProviders: name === 'cpu' ? ['cpu'] : [name, 'cpu'],
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  // Warnings of ONNX Runtime speak to its developers: nodes left on the CPU, constants it folded.
  logSeverityLevel: 3,
});

/** What an error of ONNX Runtime says, without the place in its source and the check that failed there. */
export const messageOf = (error: unknown): string => {
  const message = (error instanceof Error ? error.message : String(error)).trim();
  return message.replace(/^\/\S*\.cc:\d+ .* was false\. */s, '');
};

/**
 * Channels per block in this CPU's convolutions: two pixels of 32 numbered channels, put into blocks, show how many numbers of the first
 * pixel stand together. 1 where ONNX Runtime has no NCHWc convolutions for the CPU.
 */
const probeBlock = async (threads: number): Promise<number> => {
  const graph = new Graph();
  const x = graph.input('x', [1, 32, 1, 2], 'float32');
  const reordered = graph.add(
    'ReorderInput',
    [x],
    { shape: [1, 32, 1, 2], dtype: 'float32' },
    { channels_last: int(0) },
    'com.microsoft.nchwc',
  );
  const filter = graph.constant(new Float32Array(32 * 32).fill(1), [32, 32, 1, 1], 'float32');
  const point = { kernel: [1, 1], strides: [1, 1], dilations: [1, 1], before: [0, 0], after: [0, 0] } as const;
  graph.output('order', reordered);
  graph.output('sum', convolveNchwc(graph, reordered, filter, point, 1));
  let session: ort.InferenceSession | undefined;
  try {
    session = await ort.InferenceSession.create(serialize(graph), sessionOptions({ name: 'cpu', threads, block: 1 }));
    const numbers = Float32Array.from({ length: 64 }, (_, k) => k); // channel k ≫ 1, pixel k & 1
    const results = await session.run({ x: new ort.Tensor('float32', numbers, [1, 32, 1, 2]) });
    const order = results.order?.data ?? [];
    const block = Array.from(order, Number).findIndex((number) => number % 2 === 1);
    return block >= 4 && 32 % block === 0 ? block : 1;
  } catch {
    return 1;
  } finally {
    await session?.release();
  }
};

/** A graph that adds 1, to see whether a provider starts. */
const probeModel = (): Uint8Array => {
  const graph = new Graph();
  const x = graph.input('x', [2], 'float32');
  graph.output('y', graph.add('Add', [x, graph.scalar(1)], { shape: [2], dtype: 'float32' }));
  return serialize(graph);
};

const HOW_TO_INSTALL: Readonly<Record<ProviderName, string>> = {
  cpu: 'reinstall with `npm ci`: onnxruntime-node carries the CPU library for this platform',
  webgpu: 'it needs a GPU and its driver: on Linux for Vulkan, with libvulkan.so.1 (Debian: apt-get install libvulkan1)',
  cuda: "it needs an NVIDIA GPU, CUDA 12 and cuDNN 9, and ONNX Runtime's library for them: ONNXRUNTIME_NODE_INSTALL=cuda12 node node_modules/onnxruntime-node/script/install.js",
};

/** What to do where a provider's files are not on a system of that kind. */
export const notInstalled = (name: ProviderName, { platform, arch }: { platform: string; arch: string } = process): string =>
  name === 'cuda' && (platform !== 'linux' || arch !== 'x64')
    ? `${compiledName(name)} runs on Linux x64 only, and this is ${platform} ${arch}; ${whatWorksOn(platform)}`
    : `${compiledName(name)} is not installed: ${HOW_TO_INSTALL[name]}`;

/** What this machine lacks for a provider, where that can be seen, before what it needs in general. */
const whatHelps = async (name: ProviderName): Promise<string> => {
  if (name !== 'cuda' || !existsSync(cudaLibrary())) return HOW_TO_INSTALL[name];
  const folders = cudaFolders();
  const loaderFolders = folders.filter((folder) => !folder.startsWith('/usr/local/cuda') || libraryPath().includes(folder));
  const faults = cudaFaults(cudaLibrary(), { folders, loaderFolders, cards: await readCards() });
  return [...faults, HOW_TO_INSTALL[name]].join('; ');
};

/** WebGPU promises 8 storage buffers in a shader; one is the result. */
const WEBGPU_BUFFERS = 7;

/**
 * Starts a provider and checks that it computes.
 *
 * @throws EngineError that says what is missing and how to get it.
 */
export const startProvider = async (name: ProviderName, threads: number): Promise<Provider> => {
  if (!isInstalled(name)) throw new EngineError(notInstalled(name));
  let session: ort.InferenceSession | undefined;
  if (name === 'cuda') Object.assign(process.env, FULL_PRECISION);
  try {
    session = await ort.InferenceSession.create(probeModel(), sessionOptions({ name, threads, block: 1 }));
    const { y } = await session.run({ x: new ort.Tensor('float32', Float32Array.of(1, 2), [2]) });
    if (y?.data[1] !== 3) throw new Error(`1 + 2 came out as ${y?.data[1]}`);
  } catch (error) {
    throw new EngineError(`${compiledName(name)} does not start here (${messageOf(error)}): ${await whatHelps(name)}`);
  } finally {
    await session?.release();
  }
  if (name === 'cpu') return { name, threads, block: await probeBlock(threads), views: true };
  // onnxruntime-node (1.30) takes whatever lies on a device for a WebGPU buffer: CUDA's memory it would read as the CPU's.
  if (name === 'cuda') return { name, threads, block: 1, halves: 'products' };
  // Many a GPU has no `shader-f16`, and none says so here.
  return { name, threads, block: 1, mostTensors: WEBGPU_BUFFERS, halves: 'none', keepsOnDevice: true };
};
