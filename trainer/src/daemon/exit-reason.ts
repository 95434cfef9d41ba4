import { freemem, totalmem } from 'node:os';

const OUT_OF_MEMORY =
  /out of memory|bad_alloc|failed to allocate|allocation failed|ENOMEM|CUDA_ERROR_OUT_OF_MEMORY|VK_ERROR_OUT_OF_\w+_MEMORY|device lost/i;
const STACK_FRAME = /^ +at .*\n?/gm;
const TAIL_LINES = 20;

/** How a process ended, and the last it wrote to stderr. */
export type Exit = { code: number | null; signal: NodeJS.Signals | null; stderr: string };

/** Says for people why the process that was doing something died without a word, with the tail of its stderr but for stack traces, which are for the log. */
export function explainExit({ code, signal, stderr }: Exit, doing: string): string {
  const how = signal ? `The ${doing} process was killed by ${signal}` : `The ${doing} process ended with exit code ${code}`;
  const why = outOfMemory(stderr) ?? (signal === 'SIGKILL' ? `${hint('If nobody killed it, the system ran out of memory')}` : null);
  const tail = lastWords(stderr.replaceAll(STACK_FRAME, ''));
  return [`${how}.`, why, tail === '' ? null : `Its last words:\n${tail}`].filter((part) => part !== null).join(' ');
}

/** The last lines of what a process wrote. */
export function lastWords(stderr: string): string {
  return stderr.trimEnd().split('\n').slice(-TAIL_LINES).join('\n').trim();
}

/** Advice where a message speaks of memory that ran out; null otherwise. */
export function outOfMemory(message: string): string | null {
  return OUT_OF_MEMORY.test(message) ? hint('It ran out of memory') : null;
}

function hint(cause: string): string {
  const gib = (bytes: number) => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
  return `${cause} (this machine: ${gib(totalmem())}, ${gib(freemem())} free now): fewer slots, a smaller batch or fewer networks need less.`;
}
