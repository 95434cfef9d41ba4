import { fork } from 'node:child_process';
import { ownProgram } from '../../../start/machine/program.mjs';
import { withLargePages } from '../engine/large-pages.ts';
import type { Benchmark, Measured } from './measure.ts';

/**
 * What one engine reaches, measured in a process of its own: native code that dies there takes nothing along.
 *
 * @param options.polite at the lowest priority, beside runs that train
 * @throws Error with what went wrong; AbortError once the signal is aborted, when the process is dead.
 */
export async function benchmarkEngine(engine: string, options: { polite?: boolean; signal?: AbortSignal } = {}): Promise<Benchmark[]> {
  const { file, execArgv } = ownProgram(new URL('./child.ts', import.meta.url));
  const child = fork(file, [engine, ...(options.polite ? ['polite'] : [])], {
    env: withLargePages(process.env),
    execArgv,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    killSignal: 'SIGKILL',
    ...(options.signal ? { signal: options.signal } : {}),
  });
  let stderr = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2000);
  });
  const measured = await new Promise<Measured>((resolve, reject) => {
    child.on('message', (message: Measured) => resolve(message));
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ error: `its process ended (${signal ?? `exit code ${code}`}): ${stderr.trim()}` }));
  });
  if ('error' in measured) throw new Error(`${engine}: ${measured.error}`);
  return measured.benchmarks;
}
