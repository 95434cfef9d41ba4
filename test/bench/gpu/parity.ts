import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Parity } from '../../../trainer/src/training/testing/parity-worker.ts';
import { endWith } from '../../ending.ts';

const worker = fileURLToPath(new URL('../../../trainer/src/training/testing/parity-worker.ts', import.meta.url));

/** How far an engine was held against the reference, and with what result. */
export type Agreement = { readonly agree: number; readonly disagree: readonly string[]; readonly inFull: boolean };

/** The kernels, steps and device cases that are compared, separated by semicolons; everything, where none is named. */
export type Compared = { readonly kernels?: string; readonly steps?: string; readonly cases?: string };

/**
 * Holds every kernel and every whole step on an engine against the reference, in a process of its own; a crash of that counts as a disagreement.
 *
 * @throws Error if anything disagrees, or nothing was compared
 */
export const parity = async (
  engine: string,
  env: NodeJS.ProcessEnv,
  signal: AbortSignal,
  keep: (agreement: Agreement) => void,
  { kernels, steps, cases }: Compared = {},
): Promise<void> => {
  const inFull = kernels === undefined && steps === undefined && cases === undefined;
  const lists = inFull ? [] : [kernels ?? '', steps ?? '', cases ?? ''];
  const child = spawn(process.execPath, ['--import', 'tsx', worker, engine, ...lists], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const kill = () => child.kill('SIGKILL');
  signal.addEventListener('abort', kill);
  child.once('close', endWith(kill));
  let complaint = '';
  child.stderr.on('data', (piece: Buffer) => {
    complaint = `${complaint}${piece.toString()}`.slice(-1500);
  });
  const ended = new Promise<number | string>((resolve) => child.on('close', (code, by) => resolve(by ?? code ?? 1)));
  const disagree: string[] = [];
  let agree = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { what, excess, error } = JSON.parse(line) as Parity;
    if (excess <= 1) agree++;
    else disagree.push(`${what}: ${error ?? `${excess.toFixed(1)} times as far from the reference as rounding may carry it`}`);
    keep({ agree, disagree, inFull: false });
  }
  const end = await ended;
  signal.removeEventListener('abort', kill);
  if (signal.aborted) return;
  if (end !== 0) {
    // Node's own trace follows an error's message, and says nothing to the person who reads this.
    const said = complaint.split('\n').find((text) => /^\w*Error: /.test(text)) ?? complaint.trim();
    disagree.push(`its process ended with ${end} after ${agree + disagree.length} comparisons${said === '' ? '' : `: ${said}`}`);
  }
  keep({ agree, disagree, inFull: inFull && end === 0 });
  if (agree + disagree.length === 0) throw new Error('nothing was compared');
  if (disagree.length > 0)
    throw new Error(`${disagree.length} of ${agree + disagree.length} do not agree with the reference: ${disagree[0]}`);
};
