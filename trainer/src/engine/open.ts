import type { EngineName } from '@studyhall/contract/fleet/engines.ts';
import { expectAgreement } from './agreement.ts';
import { type EngineOptions, fastestEngine, stepsPerCallOf, threadsOf } from './available.ts';
import { readCards } from './cards.ts';
import { CompiledEngine } from './compiled/engine.ts';
import { eager } from './eager.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { ENGINE_NAMES, isTensorFlow, PROVIDERS, REFERENCE, type TensorFlowName } from './names.ts';
import { loadTensorFlow } from './tensorflow/load.ts';
import { enginesFolder, placesIn } from './tensorflow/place.ts';
import { tf } from './tf.ts';

const tensorflow = async (name: TensorFlowName, threads: number): Promise<Engine> => {
  const { backend, version, oneDnn } = loadTensorFlow(name, placesIn(enginesFolder(), name).engine, threads);
  const runtime = `tfjs ${tf.version.tfjs}, TensorFlow ${version}, oneDNN ${oneDnn ? 'on' : 'off'}`;
  const card = name === 'tfjs-node-gpu' ? { provider: `tensorflow on ${(await readCards())[0]?.name ?? 'a GPU'}` } : {};
  return eager(backend, { name, threads, runtime, ...card });
};

const opened = async (name: Exclude<EngineName, 'reference'>, threads: number, steps: number): Promise<Engine> =>
  isTensorFlow(name) ? tensorflow(name, threads) : CompiledEngine.start(PROVIDERS[name], threads, steps);

/**
 * Opens an engine by name; `auto` opens the fastest that works here. What lies outside this repository, a driver or TensorFlow, is held against the
 * reference first.
 *
 * @throws EngineError saying what to do, if there is no such engine, it does not start, or it computes something else than the reference.
 */
export const openEngine = async (choice: string, options: EngineOptions = {}): Promise<Engine> => {
  const threads = threadsOf(options);
  const name = choice === 'auto' ? await fastestEngine(options) : ENGINE_NAMES.find((own) => own === choice);
  if (name === undefined) throw new EngineError(`"${choice}" is not a valid engine name; allowed: auto, ${ENGINE_NAMES.join(', ')}`);
  const steps = stepsPerCallOf(name, options);
  if (name === REFERENCE) return eager('cpu');
  const engine = await opened(name, threads, steps);
  // The CPU's is held against it kernel by kernel in the tests, on the same library.
  if (name !== 'compiled-cpu') await expectAgreement(engine);
  return engine;
};
