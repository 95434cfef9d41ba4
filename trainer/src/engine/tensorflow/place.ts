import { join, resolve } from 'node:path';

/** The engine that runs on TensorFlow's own library by @tensorflow/tfjs-node. */
export const TENSORFLOW = 'tfjs-node';

/** Where engines lie that are installed one by one: outside node_modules, which `npm ci` empties. */
export const enginesFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(env.STUDYHALL_ENGINES || join(env.STUDYHALL_HOME || '.studyhall', 'engines'));

/** Where the engine lies, and beside it what is there only while it is being installed. */
export const placesIn = (engines: string) => ({
  engine: join(engines, TENSORFLOW),
  fetched: join(engines, `.${TENSORFLOW}.fetched`),
  fresh: join(engines, `.${TENSORFLOW}.new`),
  lock: join(engines, `.${TENSORFLOW}.lock`),
});

export const packageIn = (folder: string): string => join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
export const bindingIn = (folder: string): string => join(packageIn(folder), 'lib', 'napi-v8', 'tfjs_binding.node');
/** TensorFlow's libraries and headers, laid out as in its Python wheel. */
export const librariesIn = (folder: string): string => join(folder, 'site');
