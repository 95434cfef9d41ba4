import type { EngineName } from '@studyhall/contract/fleet/engines.ts';

/** ONNX Runtime's execution providers, by the names of the compiled engines that run on them; in the order in which they are tried. */
export const PROVIDERS = { 'compiled-cuda': 'cuda', 'compiled-webgpu': 'webgpu', 'compiled-cpu': 'cpu' } as const;

export type CompiledName = keyof typeof PROVIDERS;
export type ProviderName = (typeof PROVIDERS)[CompiledName];

export const COMPILED_NAMES = Object.keys(PROVIDERS) as CompiledName[];

/** Engines that run on TensorFlow's own library, by @tensorflow/tfjs-node; each is installed by itself. */
export const TENSORFLOW_NAMES = ['tfjs-node', 'tfjs-node-gpu'] as const;

export type TensorFlowName = (typeof TENSORFLOW_NAMES)[number];

export const isTensorFlow = (name: string): name is TensorFlowName => TENSORFLOW_NAMES.some((own) => own === name);

/** The engine that all others are tested against: correct and slow, so it is tried last and never measured. */
export const REFERENCE = 'reference';

/** As trainers announce engines and as `--engine` takes them. */
export const ENGINE_NAMES: readonly EngineName[] = [...COMPILED_NAMES, REFERENCE, ...TENSORFLOW_NAMES];

export const compiledName = (provider: ProviderName): CompiledName => `compiled-${provider}`;

/** The variable that says how many training steps `compiled-cuda` takes in one call. */
export const CUDA_STEPS = 'STUDYHALL_CUDA_STEPS';

export const MOST_STEPS_PER_CALL = 64;
