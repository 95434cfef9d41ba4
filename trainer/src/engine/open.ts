import { availableEngines, type EngineOptions, threadsOf } from './available.ts';
import { CompiledEngine } from './compiled/engine.ts';
import { eager } from './eager.ts';
import type { Engine } from './engine.ts';
import { EngineError } from './engine-error.ts';
import { ENGINE_NAMES, PROVIDERS, REFERENCE } from './names.ts';
import { loadTensorFlow } from './tensorflow/load.ts';
import { enginesFolder, placesIn, TENSORFLOW } from './tensorflow/place.ts';
import { tf } from './tf.ts';

/** Never by `auto`: on a CPU it takes two to four times as long as the compiled engine. */
const tensorflow = (threads: number): Engine => {
  const { backend, version, oneDnn } = loadTensorFlow(placesIn(enginesFolder()).engine, threads);
  const runtime = `tfjs ${tf.version.tfjs}, TensorFlow ${version}, oneDNN ${oneDnn ? 'on' : 'off'}`;
  return eager(backend, { name: TENSORFLOW, threads, runtime });
};

/**
 * Opens an engine by name; `auto` opens the fastest that works here.
 *
 * @throws EngineError saying what to do, if there is no such engine or it does not start.
 */
export const openEngine = async (choice: string, options: EngineOptions = {}): Promise<Engine> => {
  const threads = threadsOf(options);
  if (choice === TENSORFLOW) return tensorflow(threads);
  const name = choice === 'auto' ? (await availableEngines(options))[0] : ENGINE_NAMES.find((own) => own === choice);
  if (name === undefined)
    throw new EngineError(`"${choice}" is not a valid engine name; allowed: auto, ${ENGINE_NAMES.join(', ')}, ${TENSORFLOW}`);
  return name === REFERENCE ? eager('cpu') : CompiledEngine.start(PROVIDERS[name], threads);
};
