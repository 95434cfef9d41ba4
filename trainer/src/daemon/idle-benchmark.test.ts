import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { benchmarkEngine } from '../benchmark/in-process.ts';
import type { Benchmark } from '../benchmark/measure.ts';
import { measuredMachine, mergedBenchmarks } from '../benchmark/stored.ts';
import { IdleBenchmark, type IdleBenchmarkOptions } from './idle-benchmark.ts';
import { createLog } from './log.ts';

const result = (engine: string): Benchmark => ({
  engine,
  model: 'resnet-8',
  batchSize: 64,
  stepMs: 20,
  compileMs: 300,
  measuredAt: '2026-01-01T00:00:00.000Z',
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'studyhall-bench-'));
});
afterEach(() => rm(folder, { recursive: true }));

const benchmarkOf = (rest: Partial<IdleBenchmarkOptions> = {}) =>
  new IdleBenchmark({
    path: join(folder, 'benchmarks.json'),
    version: '1',
    engines: Promise.resolve(['compiled-webgpu', 'compiled-cpu', 'reference']),
    log: createLog('error', () => undefined),
    idleMs: 0,
    measure: async (engine) => [result(engine)],
    ...rest,
  });

/** Tells it that nothing trains until it has measured something. */
const measured = (benchmark: IdleBenchmark) => new Promise<void>((resolve) => benchmark.idle(resolve));

describe('measuring when there is nothing to train', () => {
  it('measures every engine one would train with, once for each version of the code, and keeps the results', async () => {
    const measure = vi.fn(async (engine: string) => [result(engine)]);
    const benchmark = benchmarkOf({ measure });
    expect(await benchmark.known()).toEqual([]);
    await measured(benchmark);
    expect(measure.mock.calls.map(([engine]) => engine)).toEqual(['compiled-webgpu', 'compiled-cpu']);
    expect(await benchmark.known()).toEqual([result('compiled-webgpu'), result('compiled-cpu')]);

    const restarted = benchmarkOf({ measure });
    restarted.idle(() => expect.unreachable('there was nothing to measure'));
    await restarted.close();
    expect(measure).toHaveBeenCalledTimes(2);
    await measured(benchmarkOf({ measure, version: '2' }));
    expect(measure).toHaveBeenCalledTimes(4);
  });

  it('tells what `trainer bench` has measured in the meantime', async () => {
    const benchmark = benchmarkOf();
    await measured(benchmark);
    await benchmark.close();
    const again = { ...result('compiled-cpu'), stepMs: 10 };
    const text = mergedBenchmarks(measuredMachine('1'), await benchmark.known(), [again]);
    await writeFile(join(folder, 'benchmarks.json'), text);
    await measured(benchmark);
    expect(await benchmark.known()).toEqual([result('compiled-webgpu'), again]);
    benchmark.idle(() => expect.unreachable('this is known'));
    await benchmark.close();
  });

  it('waits until it has been idle for a while', async () => {
    const measure = vi.fn(async (engine: string) => [result(engine)]);
    const benchmark = benchmarkOf({ measure, idleMs: 60_000 });
    benchmark.idle(() => undefined);
    benchmark.idle(() => undefined);
    await benchmark.close();
    expect(measure).not.toHaveBeenCalled();
  });

  it('gives way to a job, and is made another time', async () => {
    let begun = () => {};
    const beginning = new Promise<void>((resolve) => (begun = resolve));
    const benchmark = benchmarkOf({
      measure: (_engine, { signal } = {}) =>
        new Promise((_, reject) => {
          signal?.addEventListener('abort', () => reject(new Error('aborted')));
          begun();
        }),
    });
    benchmark.idle(() => undefined);
    await beginning;
    benchmark.busy();
    await benchmark.close();
    expect(await benchmark.known()).toEqual([]);
    const later = benchmarkOf();
    await measured(later);
    await later.close();
    expect((await later.known()).map(({ engine }) => engine)).toContain('compiled-webgpu');
  });

  it('goes on with the next engine when one cannot be measured', async () => {
    const benchmark = benchmarkOf({
      measure: async (engine) => {
        if (engine === 'compiled-webgpu') throw new Error('no device');
        return [result(engine)];
      },
    });
    await measured(benchmark);
    expect((await benchmark.known()).map(({ engine }) => engine)).toEqual(['compiled-cpu']);
    await benchmark.close();
  });

  it('measures anew when the file was damaged or holds for other code', async () => {
    await writeFile(join(folder, 'benchmarks.json'), '{"machine":');
    expect(await benchmarkOf().known()).toEqual([]);
    const benchmark = benchmarkOf();
    await measured(benchmark);
    await benchmark.close();
    expect((await benchmarkOf().known()).length).toBeGreaterThan(0);
    expect(await benchmarkOf({ version: '2' }).known()).toEqual([]);
  });
});

describe('a measurement in a process of its own', () => {
  it('says why an engine cannot be measured', async () => {
    await expect(benchmarkEngine('abacus')).rejects.toThrow('abacus: "abacus" is not a valid engine name; allowed: auto, compiled-cuda');
  });

  it('is over at once when it is to give way', async () => {
    const stop = new AbortController();
    const running = benchmarkEngine('compiled-cpu', { polite: true, signal: stop.signal });
    stop.abort();
    await expect(running).rejects.toThrow(/abort/i);
  });
});
