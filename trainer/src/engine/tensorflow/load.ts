import { existsSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import util from 'node:util';
import { EngineError } from '../engine-error.ts';
import { FULL_PRECISION } from '../full-precision.ts';
import { registerRoundingOn } from '../half/kernel.ts';
import type { TensorFlowName } from '../names.ts';
import { tf } from '../tf.ts';
import { withBackend } from '../with-backend.ts';
import { bindingIn, librariesIn, packageIn } from './place.ts';
import { VERSION } from './wheels.ts';

type Resolve = (request: string, ...rest: unknown[]) => string;
type Binding = { readonly TF_Version: string; isUsingGpuDevice(): boolean };
type Backend = new (binding: Binding, name: string) => tf.KernelBackend;

/** What TensorFlow computes with, which its numbers depend on. */
export type TensorFlow = {
  readonly name: TensorFlowName;
  readonly backend: 'tensorflow';
  readonly version: string;
  readonly threads: number;
  readonly oneDnn: boolean;
};

const require = createRequire(import.meta.url);

/** Node 23 dropped two functions that the package calls. */
const restoreUtil = (): void => {
  const own = util as unknown as Record<string, (value: unknown) => boolean>;
  own.isNullOrUndefined ??= (value) => value === null || value === undefined;
  own.isArray ??= Array.isArray;
};

/** Runs with every `require` of TensorFlow.js answered by the trainer's own copy: kernels registered with another would not be seen. */
const withOwnTensorFlowJs = <T>(run: () => T): T => {
  const resolver = Module as unknown as { _resolveFilename: Resolve };
  const before = resolver._resolveFilename;
  resolver._resolveFilename = function (this: unknown, request, ...rest) {
    if (/^@tensorflow\/tfjs(-core)?(\/|$)/.test(request)) return before.call(this, request, null, false, { paths: [import.meta.dirname] });
    return before.call(this, request, ...rest);
  };
  try {
    return run();
  } finally {
    resolver._resolveFilename = before;
  }
};

/** The square of a matrix, row by row. */
const product = (): string =>
  withBackend('tensorflow', () =>
    tf.tidy(() => {
      const matrix = tf.tensor2d([1, 2, 3, 4], [2, 2]);
      return String(tf.matMul(matrix, matrix).dataSync());
    }),
  );

/** What TensorFlow reads when it is loaded. On a GPU it would take the whole card's memory, and round factors to ten bits. */
const settingsOf = (name: TensorFlowName, folder: string, threads: number): NodeJS.ProcessEnv => {
  const shared = { TF_NUM_INTRAOP_THREADS: String(threads), TF_NUM_INTEROP_THREADS: '1' };
  if (name === 'tfjs-node') return shared;
  const assembler = join(librariesIn(folder), 'nvidia', 'cuda_nvcc');
  return {
    ...shared,
    ...FULL_PRECISION,
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
    XLA_FLAGS: [process.env.XLA_FLAGS, `--xla_gpu_cuda_data_dir=${assembler}`].filter(Boolean).join(' '),
    PATH: [join(assembler, 'bin'), process.env.PATH].filter(Boolean).join(delimiter),
  };
};

/** @throws Error unless the library is the one that was installed, and computes where it is to. */
export const expectLibrary = (name: TensorFlowName, { version, onGpu }: { readonly version: string; readonly onGpu: boolean }): void => {
  if (version !== VERSION)
    throw new Error(`it is TensorFlow ${version} and not ${VERSION}: LD_LIBRARY_PATH leads to another, which takes this one's place`);
  if (name === 'tfjs-node-gpu' && !onGpu)
    throw new Error(
      'TensorFlow finds no GPU that it can use, and would compute on the CPU; `npm run trainer -- install tfjs-node-gpu` says what is missing',
    );
};

let loaded: TensorFlow | null = null;

/**
 * Registers TensorFlow's library as the TensorFlow.js backend `tensorflow`; once in a process, since it takes its threads only once.
 *
 * @param folder where the engine was installed
 * @throws EngineError if it is not there, does not load, is another version, multiplies wrongly or, as `tfjs-node-gpu`, does not use a GPU
 */
export const loadTensorFlow = (name: TensorFlowName, folder: string, threads: number): TensorFlow => {
  if (loaded !== null) {
    if (loaded.name !== name) throw new EngineError(`this process has loaded ${loaded.name}; ${name} needs one of its own`);
    if (loaded.threads === threads) return loaded;
    throw new EngineError(`TensorFlow runs with ${loaded.threads} threads in this process; it takes their number only once`);
  }
  if (!existsSync(bindingIn(folder)))
    throw new EngineError(`${name} is not installed in ${folder}; install it by: npm run trainer -- install ${name}`);
  restoreUtil();
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
  Object.assign(process.env, settingsOf(name, folder, threads));
  try {
    const binding = withOwnTensorFlowJs(() => {
      const own = require(bindingIn(folder)) as Binding;
      const { NodeJSKernelBackend } = require(join(packageIn(folder), 'dist', 'nodejs_kernel_backend.js')) as {
        NodeJSKernelBackend: Backend;
      };
      tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(own, `@tensorflow/${name}`));
      require(join(packageIn(folder), 'dist', 'register_all_kernels.js'));
      registerRoundingOn(tf, 'tensorflow');
      return own;
    });
    expectLibrary(name, { version: binding.TF_Version, onGpu: binding.isUsingGpuDevice() });
    const found = product();
    if (found !== '7,10,15,22') throw new Error(`it multiplied two matrices to ${found} instead of 7,10,15,22`);
    loaded = { name, backend: 'tensorflow', version: binding.TF_Version, threads, oneDnn: process.env.TF_ENABLE_ONEDNN_OPTS !== '0' };
    return loaded;
  } catch (error) {
    throw new EngineError(`${name} in ${folder} does not work: ${error instanceof Error ? error.message : error}`);
  }
};
