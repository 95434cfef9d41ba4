import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, cpus } from 'node:os';
import type { Benchmark } from './measure.ts';

/** Results as they lie in a trainer's home, with what they hold for. */
type Stored = { readonly machine: string; readonly benchmarks: readonly Benchmark[] };

/** What figures depend on beside the engine: CPU, cores, the runtime's version and this code's. */
export function measuredMachine(version: string): string {
  const { version: runtime } = createRequire(import.meta.url)('onnxruntime-node/package.json') as { version: string };
  return `${cpus()[0]?.model.trim() ?? process.arch}, ${availableParallelism()} cores, onnxruntime ${runtime}, trainer ${version}`;
}

/** What was measured on this very machine with this very code; empty where nothing was. */
export async function readBenchmarks(path: string, machine: string): Promise<readonly Benchmark[]> {
  try {
    const stored = JSON.parse(await readFile(path, 'utf8')) as Stored;
    return stored.machine === machine ? stored.benchmarks : [];
  } catch {
    // None yet, or cut short by a crash: they are only figures, and will be measured again.
    return [];
  }
}

/** The file's new text: these results in place of earlier ones of the same engines. */
export function mergedBenchmarks(machine: string, earlier: readonly Benchmark[], measured: readonly Benchmark[]): string {
  const anew = new Set(measured.map(({ engine }) => engine));
  const benchmarks = [...earlier.filter(({ engine }) => !anew.has(engine)), ...measured];
  return JSON.stringify({ machine, benchmarks } satisfies Stored);
}
