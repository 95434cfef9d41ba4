import { parseArgs } from 'node:util';
import { type Options, readOptions as readGpuOptions } from '../gpu/options.ts';

export const HELP = `npm run bench -- parity [options]

Holds every kernel and every whole training step of an engine against the reference, TensorFlow.js's plain JavaScript, within what rounding may do; each
engine in a process of its own. Brings nothing and measures nothing. The exit code is 1 if anything disagrees or had no time.

  --engine NAME   an engine; several times for several (all that work here)
  --minutes N     for everything (10)
  --kernels LIST  compares only these, separated by semicolons; --steps and --cases likewise
  --out FILE      where the document lies (bench-parity.json in STUDYHALL_HOME)
  --json          the document on stdout in the end; what happens meanwhile goes to stderr
`;

/** What of `gpu` is left where nothing is brought and nothing measured. @throws Error naming the option that is wrong */
export const readOptions = (args: readonly string[]): Options => {
  // Refuses what only the whole has.
  parseArgs({
    args: [...args],
    options: {
      engine: { type: 'string', multiple: true },
      minutes: { type: 'string' },
      kernels: { type: 'string' },
      steps: { type: 'string' },
      cases: { type: 'string' },
      out: { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  return readGpuOptions(['--no-bring', '--no-train', ...args]);
};
