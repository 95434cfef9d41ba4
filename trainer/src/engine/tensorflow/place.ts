import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { TensorFlowName } from '../names.ts';

/** Where engines lie that are installed one by one: outside node_modules, which `npm ci` empties. */
export const enginesFolder = (env: NodeJS.ProcessEnv = process.env): string =>
  resolve(env.STUDYHALL_ENGINES || join(env.STUDYHALL_HOME || '.studyhall', 'engines'));

/** Where an engine lies, and beside it what is there only while it is being installed. */
export const placesIn = (engines: string, name: TensorFlowName) => ({
  engine: join(engines, name),
  fetched: join(engines, `.${name}.fetched`),
  fresh: join(engines, `.${name}.new`),
  lock: join(engines, `.${name}.lock`),
});

export const packageIn = (folder: string): string => join(folder, 'node_modules', '@tensorflow', 'tfjs-node');
export const bindingIn = (folder: string): string => join(packageIn(folder), 'lib', 'napi-v8', 'tfjs_binding.node');
/** TensorFlow's libraries and headers, laid out as in its Python wheel; NVIDIA's beside them, as in theirs. */
export const librariesIn = (folder: string): string => join(folder, 'site');

/** Whether it is in place; whether it works is another matter. */
export const isInPlace = (name: TensorFlowName): boolean => existsSync(bindingIn(placesIn(enginesFolder(), name).engine));
