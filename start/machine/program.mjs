// @ts-check
// How Node runs one of our programs: from what `start/programs.mjs` built, or straight from its TypeScript.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The version of the built files that this very process runs from; the build sets it. */
const runsFrom = process.env.STUDYHALL_BUILT;
const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * @typedef {object} Program
 * @property {string} file
 * @property {string[]} execArgv what Node needs to run it
 */

/**
 * Where a program's built file lies, in its own workspace, whose packages it finds from there.
 *
 * @param {string} source from the repository's root, such as `api/src/main.ts`
 * @param {string} version
 */
export function builtFile(source, version) {
  const [workspace = '', ...place] = source.split('/');
  return path.join(root, workspace, 'build', version, ...place).replace(/\.ts$/, '.mjs');
}

/**
 * @param {string} source from the repository's root
 * @param {string | undefined} [version] of the built files; absent: from its source
 * @returns {Program}
 */
export function programOf(source, version) {
  if (version) return { file: builtFile(source, version), execArgv: ['--enable-source-maps'] };
  return { file: path.join(root, source), execArgv: ['--enable-source-maps', '--import', import.meta.resolve('tsx')] };
}

/**
 * A program that this one starts: from the same build as this process, if it runs from one.
 *
 * @param {URL} source
 */
export function ownProgram(source) {
  const place = path.relative(root, fileURLToPath(source)).split(path.sep).join('/');
  return programOf(place, runsFrom);
}
