import { benchmarkEngine } from '../benchmark/in-process.ts';
import type { Benchmark } from '../benchmark/measure.ts';
import { measuredMachine, mergedBenchmarks, readBenchmarks } from '../benchmark/stored.ts';
import { REFERENCE } from '../engine/names.ts';
import { writeDurably } from './durable.ts';
import type { Log } from './log.ts';

/** A trainer that had nothing to do for this long may be measured. */
const IDLE_MS = 60_000;

export type IdleBenchmarkOptions = {
  /** File of the results. */
  readonly path: string;
  readonly version: string;
  readonly engines: Promise<readonly string[]>;
  readonly log: Log;
  readonly idleMs?: number;
  readonly measure?: typeof benchmarkEngine;
};

/**
 * Measures what the engines of this machine reach, once for each version of the code, and only while there is nothing to train: a job that
 * begins ends the measurement, which is made another time. `npm run trainer -- bench` writes the same file at once.
 */
export class IdleBenchmark {
  readonly #options: IdleBenchmarkOptions;
  readonly #machine: string;
  #idleSince: number | null = null;
  #measuring: { readonly stop: AbortController; readonly ended: Promise<void> } | null = null;
  /** What `known` gave last; null while nobody asked. */
  #told: string | null = null;
  /** Engines that could not be measured are not tried again before the next start. */
  readonly #failed = new Set<string>();

  constructor(options: IdleBenchmarkOptions) {
    this.#options = options;
    this.#machine = measuredMachine(options.version);
  }

  /** What is known of the engines that work here. */
  async known(): Promise<readonly Benchmark[]> {
    const known = await this.#read();
    this.#told = JSON.stringify(known);
    return known;
  }

  async #read(): Promise<readonly Benchmark[]> {
    const engines = await this.#options.engines;
    return (await readBenchmarks(this.#options.path, this.#machine)).filter(({ engine }) => engines.includes(engine));
  }

  /** Nothing trains now. `measured` is called when there is something new to know, by itself or by `trainer bench`. */
  idle(measured: () => void): void {
    const now = performance.now();
    this.#idleSince ??= now;
    if (this.#measuring !== null || now - this.#idleSince < (this.#options.idleMs ?? IDLE_MS)) return;
    const stop = new AbortController();
    const ended = this.#measure(stop.signal, measured).finally(() => {
      this.#measuring = null;
    });
    this.#measuring = { stop, ended };
  }

  /** Something trains: the machine is its own. */
  busy(): void {
    this.#idleSince = null;
    this.#measuring?.stop.abort();
  }

  async close(): Promise<void> {
    this.busy();
    await this.#measuring?.ended;
  }

  async #measure(signal: AbortSignal, measured: () => void): Promise<void> {
    const { path, log, measure = benchmarkEngine } = this.#options;
    let news = false;
    for (const engine of await this.#unmeasured()) {
      if (signal.aborted) break;
      try {
        const results = await measure(engine, { polite: true, signal });
        await writeDurably(path, mergedBenchmarks(this.#machine, await this.#read(), results));
        for (const { model, batchSize, stepMs } of results)
          log.info(`${engine} trains ${model} at ${Math.round((batchSize / stepMs) * 1000)} images/s`);
        news = true;
      } catch (error) {
        if (signal.aborted) break;
        this.#failed.add(engine);
        log.warn(`its speed could not be measured: ${error instanceof Error ? error.message : error}`);
      }
    }
    const changed = this.#told !== null && this.#told !== JSON.stringify(await this.#read());
    if (news || changed) measured();
  }

  /** Engines that somebody would train with, and of which nothing is known yet. */
  async #unmeasured(): Promise<string[]> {
    const known = new Set((await this.#read()).map(({ engine }) => engine));
    const engines = await this.#options.engines;
    return engines.filter((engine) => engine !== REFERENCE && !known.has(engine) && !this.#failed.has(engine));
  }
}
