import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { benchmarkEngine } from '../benchmark/in-process.ts';
import type { Benchmark } from '../benchmark/measure.ts';
import { measuredMachine, mergedBenchmarks, readBenchmarks } from '../benchmark/stored.ts';
import { parseCommand } from '../cli.ts';
import { writeDurably } from '../daemon/durable.ts';
import { findEngines } from '../daemon/engines.ts';
import { BENCHMARKS } from '../daemon/home.ts';
import { REFERENCE } from '../engine/names.ts';
import { ownVersion } from '../version.ts';

const HELP = `npm run trainer -- bench [options]

Measures what each engine of this machine reaches: milliseconds per training step, images/s and compile time of two networks on batches of 64
pictures of 32 × 32 with 100 classes. A trainer that joins a fleet from the same home announces the results, and the trainers page shows them.

  --engine NAME   only this engine; several times for several (all that work here but the reference, which is for tests)
  --json          one JSON document instead of the table

  STUDYHALL_HOME  where the results are kept (.studyhall)
`;

const row = (cells: readonly string[]) => `${cells.map((cell, k) => (k < 2 ? cell.padEnd(18) : cell.padStart(12))).join('')}\n`;

const line = ({ engine, model, batchSize, stepMs, compileMs }: Benchmark) =>
  row([engine, model, stepMs.toFixed(1), ((batchSize / stepMs) * 1000).toFixed(0), compileMs.toFixed(0)]);

/** What is asked for by name is tried even if it does not work here: then measuring it says why. */
const chosen = async (wanted: readonly string[]): Promise<readonly string[]> =>
  wanted.length > 0 ? wanted : (await findEngines()).filter((engine) => engine !== REFERENCE);

/**
 * Measures this machine's engines and keeps the results in the trainer's home. The exit code: 1 if an engine failed.
 *
 * @param folder the trainer's home
 */
export const bench = async (args: string[], folder: string): Promise<number> => {
  const { values } = parseCommand(args, {
    engine: { type: 'string', multiple: true },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const engines = await chosen(values.engine ?? []);
  const machine = measuredMachine(await ownVersion());
  const path = join(folder, BENCHMARKS);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!values.json) process.stdout.write(`${machine}\n${row(['', '', 'ms/step', 'images/s', 'compile ms'])}`);
  const results: Benchmark[] = [];
  const failures: string[] = [];
  for (const engine of engines) {
    try {
      const measured = await benchmarkEngine(engine);
      results.push(...measured);
      if (!values.json) process.stdout.write(measured.map(line).join(''));
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
      if (!values.json) process.stdout.write(`${failures.at(-1)}\n`);
    }
  }
  await writeDurably(path, mergedBenchmarks(machine, await readBenchmarks(path, machine), results));
  if (values.json) process.stdout.write(`${JSON.stringify({ machine, benchmarks: results, failures }, null, 2)}\n`);
  return failures.length > 0 ? 1 : 0;
};
