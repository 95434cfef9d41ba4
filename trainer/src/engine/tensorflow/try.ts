import { fork } from 'node:child_process';
import { ownProgram } from '../../../../start/machine/program.mjs';
import type { TensorFlowName } from '../names.ts';

export type Tried = { readonly ms: number } | { readonly error: string };

/** Loading TensorFlow takes seconds; the first work on a card may compile code for it, which takes minutes. */
const LONGEST = 180_000;

/** How long an engine on TensorFlow takes for some convolutions, or why it does not work; in a process of its own, since libraries and drivers crash. */
export const tryTensorFlow = (name: TensorFlowName, threads: number): Promise<Tried> => {
  const { file, execArgv } = ownProgram(new URL('./try-child.ts', import.meta.url));
  const child = fork(file, [name, String(threads)], { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], timeout: LONGEST });
  return new Promise((resolve) => {
    child.on('message', (tried: Tried) => resolve(tried));
    child.on('error', (error) => resolve({ error: error.message }));
    child.on('close', (code, signal) => resolve({ error: `its process ended (${signal ?? `exit code ${code}`})` }));
  });
};
