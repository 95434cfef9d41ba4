/** Engines as trainers announce them, fastest first as far as that is the same everywhere. */
export const engineNames = ['compiled-cuda', 'compiled-webgpu', 'tfjs-node-gpu', 'compiled-cpu', 'tfjs-node', 'reference'] as const;

export type EngineName = (typeof engineNames)[number];

export const isEngine = (name: string): name is EngineName => engineNames.some((own) => own === name);

/**
 * Engines that do only what asks for them by name. On a CPU, TensorFlow takes two to four times as long as the compiled engine: a run with
 * the engine AUTO is not to land there because somebody keeps it for comparisons.
 */
export const onlyByName: readonly EngineName[] = ['tfjs-node'];

/** Which of a trainer's engines, fastest first, does a job with the engine AUTO; undefined: it takes no such job. */
export const autoEngine = (engines: readonly string[]): string | undefined =>
  engines.find((engine) => !onlyByName.some((name) => name === engine));

const gpu = "docs/guide/gpu.md says what a trainer's machine needs for it";
const install = (name: EngineName) => `npm run trainer -- install ${name} brings it to a trainer's machine (Linux, x64)`;

const ways: Readonly<Record<EngineName, string>> = {
  'compiled-cuda': gpu,
  'compiled-webgpu': gpu,
  'tfjs-node-gpu': install('tfjs-node-gpu'),
  'compiled-cpu': 'Every trainer offers it, unless it was started with --engine and another name',
  'tfjs-node': install('tfjs-node'),
  reference: 'Every trainer offers it, unless it was started with --engine and another name',
};

/** What brings an engine to a fleet, as a sentence without its full stop; undefined for a name that is none. */
export const howToOffer = (engine: string): string | undefined => (isEngine(engine) ? ways[engine] : undefined);
