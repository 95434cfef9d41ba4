import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eager } from '../engine/eager.ts';
import { parseModel } from '../nn/models.ts';
import { packWeights, type WeightsOrigin } from '../nn/weights-file.ts';
import { TrainingStopped } from './failure.ts';
import { alone, Bench, outcome, type Trained, training } from './testing/bench.ts';
import { HashingEngine } from './testing/hashing-engine.ts';
import { Recorder } from './testing/recorder.ts';
import { CANCEL } from './train.ts';

const trained = (model: string) => ({ trained: { network: { model }, epochs: 2 } });
const earlier = (network: number) => ({ run: { runId: 'run_1', network } });
const taughtBy = (...teachers: object[]) => ({ ...alone, method: { distillation: { teachers, weight: 0.5 } } });

let bench: Bench;
let within: Trained;
beforeAll(async () => {
  bench = await Bench.open();
  within = await bench.run(bench.job(taughtBy(trained('mlp-16'), trained('mlp-12'))));
});
afterAll(() => bench.remove());

/** What network 0 of a run did. */
const student = ({ recorder }: Trained) => recorder.numbers.filter(({ network }) => network === 0);

/** The weights of a teacher that was trained within. */
const file = (network: number, model: string) => {
  const found = within.result.artifacts.find((each) => each.kind === 'SELECTED_WEIGHTS' && each.network === network);
  return { runId: 'run_1', network, model, view: 'image', path: found?.file.path ?? '' };
};

describe('several teachers', () => {
  it('that are trained within the run are trained together, each as it would be alone, and come after the cohort', async () => {
    expect(within.recorder.reports.map(({ index, role, model }) => [index, role, model])).toEqual([
      [0, 'STUDENT', 'mlp-8'],
      [1, 'TEACHER', 'mlp-16'],
      [2, 'TEACHER', 'mlp-12'],
    ]);
    expect(within.recorder.rows.map(({ network, epoch }) => `${network}/${epoch}`)).toEqual([
      '1/1',
      '2/1',
      '1/2',
      '2/2',
      '0/1',
      '0/2',
      '0/3',
    ]);
    const alone = await bench.run(bench.job(taughtBy(trained('mlp-16'))));
    const first = (run: Trained) =>
      run.result.artifacts.find(({ kind, network }) => kind === 'SELECTED_WEIGHTS' && network === 1)?.file.sha256;
    expect(first(alone)).toBe(first(within));
    expect(student(alone)).not.toEqual(student(within));
  });

  it('teach the same from files, and half from files, in the spec’s order', async () => {
    const both = bench.job(taughtBy(earlier(1), earlier(2)), { teachers: [file(1, 'mlp-16'), file(2, 'mlp-12')] });
    expect(student(await bench.run(both))).toEqual(student(within));
    const half = bench.job(taughtBy(trained('mlp-16'), earlier(2)), { teachers: [file(2, 'mlp-12')] });
    expect(student(await bench.run(half))).toEqual(student(within));
    const twice = bench.job(taughtBy(earlier(1), earlier(2)), { teachers: [file(1, 'mlp-16')] });
    await expect(bench.run(twice)).rejects.toThrow('names 2 teachers of earlier runs, but weights of 1 were given');
  });

  it('go on bit by bit from a checkpoint of their own phase and of the students’', async () => {
    for (const nth of [1, 3]) {
      const spec = taughtBy(trained('mlp-16'), trained('mlp-12'));
      const controller = new AbortController();
      const killed = new Recorder({ epoch: ({ checkpoints }) => checkpoints.length === nth && controller.abort(CANCEL) });
      const job = bench.job(spec);
      await expect(bench.run(job, undefined, killed, controller.signal)).rejects.toThrow(TrainingStopped);
      const { epoch, file } = killed.checkpoints.at(-1) as (typeof killed.checkpoints)[0];
      const after = await bench.run({ ...job, checkpoint: { epoch, path: file.path } });
      expect(outcome(after)).toEqual(outcome(within));
    }
  });

  it('are asked once where nothing is augmented, and the run resumes bit by bit', async () => {
    const spec = { ...taughtBy(earlier(1), earlier(2)), training: { ...training, augmentation: {} } };
    const teachers = [file(1, 'mlp-16'), file(2, 'mlp-12')];
    const inputs: string[] = [];
    const engine = new HashingEngine(eager('cpu'), (_, given) => inputs.push(Object.keys(given).join(' ')));
    const whole = await bench.run(bench.job(spec, { teachers }), engine);
    expect(new Set(inputs)).toEqual(new Set(['images.image targets sampleWeights teacher.0.logits teacher.1.logits learningRate']));
    const controller = new AbortController();
    const killed = new Recorder({ epoch: ({ checkpoints }) => checkpoints.length === 2 && controller.abort(CANCEL) });
    const job = bench.job(spec, { teachers });
    await expect(bench.run(job, undefined, killed, controller.signal)).rejects.toThrow(TrainingStopped);
    const { epoch, file: stored } = killed.checkpoints.at(-1) as (typeof killed.checkpoints)[0];
    expect(outcome(await bench.run({ ...job, checkpoint: { epoch, path: stored.path } }))).toEqual(outcome(whole));

    // Views that are augmented show other images each epoch: there the teachers are asked within each step.
    const augmented: string[] = [];
    const asking = new HashingEngine(eager('cpu'), (_, given) => augmented.push(Object.keys(given).join(' ')));
    await bench.run(bench.job({ ...spec, training: { ...training, epochs: 1 } }, { teachers }), asking);
    expect(new Set(augmented)).toEqual(new Set(['images.image targets sampleWeights learningRate']));
  });

  it('teach a cohort beside its peers, without labels and by their classes alone', async () => {
    const teaching = { teachers: [earlier(1), earlier(2)], target: 'HARD' };
    const spec = { ...alone, networks: [{ model: 'mlp-8' }, { model: 'mlp-6' }], method: { mutual: { labelWeight: 0, teaching } } };
    const { recorder } = await bench.run(bench.job(spec, { teachers: [file(1, 'mlp-16'), file(2, 'mlp-12')] }));
    expect(Object.keys(recorder.rows[0]?.trainTerms ?? {})).toEqual(['mutual', 'distillation']);
    // No label was used, and yet they learn: chance is a third.
    expect(recorder.rows.at(-1)?.trainAccuracy).toBeGreaterThan(0.5);
  });
});

it('a teacher of other classes or other data is refused, and which is said', async () => {
  const network = parseModel('mlp-16')([6, 6, 1], 5);
  const flat = { weights: new Float32Array(network.parameterCount), statistics: new Float32Array(0) };
  const origin = { model: 'mlp-16', view: 'image', classes: 5, datasetHash: 'sha256:other', data: '{}', seed: 1, epoch: 1 };
  const path = join(bench.root, 'of-others.safetensors');
  const refusal = async (changes: Partial<WeightsOrigin>) => {
    await writeFile(path, packWeights(network, flat, { ...origin, ...changes }));
    const teachers = [{ runId: 'run_1', network: 0, model: 'mlp-16', view: 'image', path }];
    return bench.run(bench.job(taughtBy(earlier(0)), { teachers })).catch((error: Error) => error);
  };
  expect(await refusal({})).toMatchObject({
    permanent: true,
    message: 'network 0 of run run_1 cannot be a teacher here: it has outputs for 5 classes, and tiny has 3',
  });
  expect(await refusal({ classes: 3 })).toMatchObject({ message: expect.stringContaining('it was trained on other data (sha256:other') });
});
