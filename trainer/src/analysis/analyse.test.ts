import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whileWatched } from '../alive.ts';
import { eager } from '../engine/eager.ts';
import { alone, Bench, type Trained } from '../training/testing/bench.ts';
import type { Progress } from '../work/work.ts';
import { works } from '../work/works.ts';
import { CANCEL, WorkError, WorkStopped } from '../work-failure.ts';
import { type AnalysisJob, analyse } from './analyse.ts';

describe('an analysis of a network that was trained', () => {
  let bench: Bench;
  let trained: Trained;
  let job: AnalysisJob;
  const engine = eager('cpu');
  const ask = (change: Partial<AnalysisJob>, signal = new AbortController().signal) =>
    analyse({ ...job, ...change }, engine, () => undefined, signal);

  beforeAll(async () => {
    bench = await Bench.open();
    const training = bench.job(alone);
    trained = await bench.run(training);
    const weights = trained.result.artifacts.find(({ kind }) => kind === 'SELECTED_WEIGHTS');
    const networks = [{ label: 'the network', path: weights?.file.path ?? '', reference: false }];
    const folders = training.folders as NonNullable<typeof training.folders>;
    job = { question: { generalisation: {} }, dataset: 'tiny', datasetHash: await bench.datasetHash(), networks, folders };
  });
  afterAll(() => bench.remove());

  it('finds on each split what training found at its end, and the gaps between them', async () => {
    const { figures, tables } = await ask({});
    const [network] = trained.result.networks;
    const { trainAccuracy, validationAccuracy, testAccuracy, testLoss } = network as NonNullable<typeof network>;
    const [row] = tables[0]?.rows ?? [];
    expect(row?.values.slice(0, 3)).toEqual([trainAccuracy, validationAccuracy, testAccuracy]);
    expect(row?.values[7]).toBeCloseTo(testLoss as number, 5);
    const gap = figures.find(({ measure, split }) => measure === 'accuracyGap' && split === 'TEST');
    expect(gap?.value).toBeCloseTo((trainAccuracy as number) - (testAccuracy as number), 12);
  });

  it.each(['entropy', 'flatness', 'pairs', 'embedding'])('answers %s, and the same again', async (kind) => {
    const options = { flatness: { sigmas: [0.1], draws: 2 }, pairs: { samples: 20, barrierPoints: 3 }, embedding: { samples: 12 } };
    const question = { [kind]: (options as Record<string, object>)[kind] ?? {} };
    const first = await ask({ question });
    expect(first.charts.length + first.tables.length + first.maps.length).toBeGreaterThan(0);
    expect(await ask({ question })).toEqual(first);
  });

  it('gives an equivalent temperature of 1 against itself, by the name of its question', async () => {
    const [network] = job.networks;
    const networks = [network, { ...network, reference: true }] as AnalysisJob['networks'];
    const { figures } = await ask({ question: { equivalentTemperature: {} }, networks });
    expect(figures[0]?.value).toBeCloseTo(1, 6);
  });

  it('gives signs of life, and tells how many images there are and how many it has seen', async () => {
    let signs = 0;
    const told: Progress[] = [];
    const reporter = {
      log: () => undefined,
      progress: (progress: Progress) => void told.push(progress),
      report: async () => undefined,
    };
    await whileWatched(
      () => signs++,
      () => works.ANALYSE.do(job, engine, reporter, new AbortController().signal),
    );
    expect(signs).toBeGreaterThan(4);
    expect(told.at(-1)).toMatchObject({ phase: 'analysis', step: 240 + 60, steps: 240 + 60 });
  });

  it('stops within a batch', async () => {
    const stopped = new AbortController();
    stopped.abort(CANCEL);
    await expect(ask({}, stopped.signal)).rejects.toThrow(WorkStopped);
  });

  it.each<[string, (path: string) => Promise<Partial<AnalysisJob>>, string]>([
    [
      'a question that is none',
      async () => ({ question: { flatness: { sigmas: [0] } } }),
      'question.flatness.sigmas.0 is 0; it has to be at least 0.000001',
    ],
    [
      'σ that do not rise',
      async () => ({ question: { flatness: { sigmas: [0.2, 0.1] } } }),
      'question.flatness.sigmas.1 is 0.1 after 0.2; they have to rise',
    ],
    ['a dataset that is not here', async () => ({ dataset: 'nowhere' }), 'dataset "nowhere" is not here'],
    ['a dataset that is another one', async () => ({ datasetHash: 'sha256:other' }), 'is not the one the networks were trained on'],
    [
      'weights that are damaged',
      async (path) => {
        const damaged = join(bench.root, 'damaged.safetensors');
        await writeFile(damaged, (await readFile(path)).subarray(0, 200));
        return { networks: [{ label: 'the network', path: damaged, reference: false }] };
      },
      'the network cannot be analysed',
    ],
    [
      'weights of which a byte has changed',
      async (path) => {
        const damaged = join(bench.root, 'changed.safetensors');
        const bytes = await readFile(path);
        bytes.writeFloatLE(Number.NaN, bytes.length - 4);
        await writeFile(damaged, bytes);
        return { networks: [{ label: 'the network', path: damaged, reference: false }] };
      },
      'does not match its checksum',
    ],
    [
      'samples that are not there',
      async () => ({ question: { embedding: { split: 'VALIDATION', samples: 2 } } }),
      'fewer than 4 validation images',
    ],
  ])('refuses %s for good, and says why', async (_what, change, message) => {
    const error = await ask(await change(job.networks[0]?.path ?? '')).then(
      () => null,
      (refused: unknown) => refused,
    );
    expect(error).toBeInstanceOf(WorkError);
    expect(error).toMatchObject({ permanent: true });
    expect((error as Error).message).toContain(message);
  });
});
