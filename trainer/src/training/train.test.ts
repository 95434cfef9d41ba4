import { copyFile, readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../data/safetensors.ts';
import type { Engine } from '../engine/engine.ts';
import { openEngine } from '../engine/open.ts';
import { ReferenceEngine } from '../engine/reference.ts';
import { tf } from '../engine/tf.ts';
import { TrainingError, TrainingStopped } from './failure.ts';
import { HashingEngine } from './testing/hashing-engine.ts';
import { Recorder } from './testing/recorder.ts';
import { makeTinyData, type TinyData } from './testing/tiny-data.ts';
import { CANCEL, type TrainingJob, train } from './train.ts';

let data: TinyData;
let folder = 0;
beforeAll(async () => {
  data = await makeTinyData();
});
afterAll(() => data.remove());

const training = { epochs: 3, batchSize: 32, learningRate: 0.1, augmentation: { flip: true, cropPadding: 1 } };
const baseSpec = {
  dataset: 'tiny',
  data: { validationFraction: 0.2 },
  networks: [{ model: 'mlp-8' }],
  method: { independent: {} },
  training,
};
const pair = { ...baseSpec, networks: [{ model: 'mlp-8' }, { model: 'mlp-6' }], method: { mutual: {} } };
const taught = { ...baseSpec, method: { distillation: { teacher: { trained: { network: { model: 'mlp-16' }, epochs: 2 } } } } };

const jobOf = (spec: object, rest: Partial<TrainingJob> = {}): TrainingJob => ({
  spec,
  seed: 1,
  checkpointEvery: 1,
  teachers: [],
  workDir: join(data.root, `work-${folder++}`),
  folders: data.folders,
  ...rest,
});

const runWith = async (engine: Engine, job: TrainingJob, recorder = new Recorder(), signal = new AbortController().signal) => {
  const result = await train(job, engine, recorder, signal);
  return { result, recorder };
};

const runOn = (job: TrainingJob, recorder?: Recorder) => runWith(new ReferenceEngine(), job, recorder);

/** Figures and files that must not depend on interruptions. */
const outcome = ({ result }: Awaited<ReturnType<typeof runOn>>) => ({
  networks: result.networks,
  cohort: result.cohort,
  files: result.artifacts.map(({ kind, network, file }) => [kind, network, file.sha256]),
});

describe('train', () => {
  it('learns, and reports every network, epoch, term and result', async () => {
    const { result, recorder } = await runOn(jobOf(pair));
    expect(recorder.reports.map(({ index, role, model, parameters }) => [index, role, model, parameters])).toEqual([
      [0, 'PEER', 'mlp-8', 36 * 8 + 8 + 8 * 3 + 3],
      [1, 'PEER', 'mlp-6', 36 * 6 + 6 + 6 * 3 + 3],
    ]);
    expect(recorder.rows.map(({ network, epoch }) => [epoch, network])).toEqual(
      [1, 2, 3].flatMap((epoch) => [0, 1].map((network) => [epoch, network])),
    );
    for (const row of recorder.rows) {
      expect(Object.keys(row.trainTerms)).toEqual(['crossEntropy', 'mutual']);
      expect(row.trainLoss).toBeCloseTo((row.trainTerms.crossEntropy ?? 0) + (row.trainTerms.mutual ?? 0), 12);
    }
    expect(recorder.cohort.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    expect(recorder.rows.at(-1)?.trainLoss).toBeLessThan(recorder.rows[0]?.trainLoss ?? 0);
    expect(result.networks.map(({ index, selectedEpoch }) => [index, selectedEpoch])).toEqual([
      [0, 3],
      [1, 3],
    ]);
    expect(result.networks[0]?.testAccuracy).toBeGreaterThan(0.5);
    expect(result.cohort?.disagreement).toBeLessThan(1);
    expect(result.artifacts.map(({ kind, network }) => `${kind} ${network}`)).toEqual(
      [0, 1].flatMap((network) => ['SELECTED_WEIGHTS', 'FINAL_WEIGHTS', 'TEST_LOGITS'].map((kind) => `${kind} ${network}`)),
    );
    const logits = readSafetensors(await readFile(result.artifacts[2]?.file.path ?? '')).tensors;
    expect([logits.logits?.shape, logits.labels?.shape]).toEqual([[60, 3], [60]]);
  });

  it('trains a teacher first, keeps it after the cohort’s indices, and learns from it', async () => {
    const { result, recorder } = await runOn(jobOf(taught));
    expect(recorder.reports.map(({ index, role }) => [index, role])).toEqual([
      [0, 'STUDENT'],
      [1, 'TEACHER'],
    ]);
    expect(recorder.rows.map(({ network, epoch }) => [network, epoch])).toEqual([
      [1, 1],
      [1, 2],
      [0, 1],
      [0, 2],
      [0, 3],
    ]);
    expect(recorder.checkpoints.map(({ epoch, teacherEpoch }) => [epoch, teacherEpoch])).toEqual([
      [0, 1],
      [0, 2],
      [1, 2],
      [2, 2],
      [3, 2],
    ]);
    expect(recorder.rows.at(-1)?.trainTerms.distillation).toBeGreaterThan(0);
    expect(result.networks.map(({ index, selectedEpoch }) => [index, selectedEpoch])).toEqual([
      [0, 3],
      [1, 2],
    ]);
    expect(result.cohort).toBeNull();
  });

  it('learns from the weights of an earlier run as from a teacher trained within', async () => {
    const within = await runOn(jobOf(taught));
    const weights = within.result.artifacts.find(({ kind, network }) => kind === 'SELECTED_WEIGHTS' && network === 1)?.file.path ?? '';
    const spec = { ...taught, method: { distillation: { teacher: { run: { runId: 'run_1', network: 1 } } } } };
    const teachers = [{ runId: 'run_1', network: 1, model: 'mlp-16', view: 'image', path: weights }];
    const from = await runOn(jobOf(spec, { teachers }));
    expect(from.recorder.numbers).toEqual(within.recorder.numbers.filter(({ network }) => network === 0));
    await expect(runOn(jobOf(spec))).rejects.toThrow('names 1 teachers of earlier runs, but weights of 0 were given');
    const otherSplit = { ...spec, data: { validationFraction: 0.2, splitSeed: 7 } };
    await expect(runOn(jobOf(otherSplit, { teachers }))).rejects.toThrow('images that this run holds back for validation');
    await expect(runOn(jobOf(spec, { teachers: [{ ...(teachers[0] as (typeof teachers)[0]), model: 'mlp-17' }] }))).rejects.toThrow(
      'cannot teach here: tensor hidden.0.weight has shape [36,16]; mlp-17 needs [36,17]',
    );
  });

  it('pairs runs: the same weights, batches and augmentation whatever the method', async () => {
    const observe = async (spec: object) => {
      const engine = new HashingEngine(new ReferenceEngine());
      const { recorder } = await runWith(engine, jobOf(spec));
      return { hashes: recorder.reports.map(({ initHash }) => initHash), steps: engine.steps.slice(-18) };
    };
    const alone = await observe(baseSpec);
    const mutual = await observe(pair);
    const student = await observe(taught);
    expect(alone.steps.length).toBe(18);
    expect(mutual.steps).toEqual(alone.steps);
    expect(student.steps).toEqual(alone.steps);
    expect([mutual.hashes[0], student.hashes[0]]).toEqual([alone.hashes[0], alone.hashes[0]]);
    const engine = new HashingEngine(new ReferenceEngine());
    await runWith(engine, jobOf(baseSpec, { seed: 2 }));
    expect(engine.steps).not.toEqual(alone.steps);
  });

  it('selects the first epoch of best validation when asked to, and evaluates its weights', async () => {
    const spec = { ...baseSpec, training: { ...training, epochs: 6, learningRate: 1, selection: 'BEST_VALIDATION' } };
    const { result, recorder } = await runOn(jobOf(spec));
    const accuracies = recorder.rows.map(({ validationAccuracy }) => validationAccuracy ?? 0);
    const best = accuracies.indexOf(Math.max(...accuracies)) + 1;
    expect(result.networks[0]?.selectedEpoch).toBe(best);
    expect(result.networks[0]?.validationAccuracy).toBe(accuracies[best - 1]);
  });

  it('keeps only the newest checkpoint once the listener has it, and writes as often as asked', async () => {
    const job = jobOf({ ...baseSpec, training: { ...training, epochs: 5 } }, { checkpointEvery: 2 });
    const { recorder } = await runOn(job);
    expect(recorder.checkpoints.map(({ epoch }) => epoch)).toEqual([2, 4, 5]);
    await expect(readFile(recorder.checkpoints[1]?.file.path ?? '')).rejects.toThrow('ENOENT');
    expect((await readFile(recorder.checkpoints[2]?.file.path ?? '')).length).toBe(recorder.checkpoints[2]?.file.bytes);
  });

  it('fails permanently, naming epoch, step and term, when the loss is not finite', async () => {
    const spec = {
      ...baseSpec,
      training: { ...training, learningRate: 100, optimizer: { sgd: { momentum: 0.9999, weightDecay: 1 } }, epochs: 50 },
    };
    await expect(runOn(jobOf(spec))).rejects.toMatchObject({
      permanent: true,
      message: expect.stringMatching(/term crossEntropy of network 0 became (NaN|Infinity) in epoch \d+, step \d+/),
    });
  });

  it('leaves no tensors behind', async () => {
    await runOn(jobOf(taught));
    const before = tf.memory().numTensors;
    await runOn(jobOf(taught));
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [{ dataset: 'mnist' }, 'dataset "mnist" is not here; there are shapes-16, shapes-32, tiny'],
    [{ networks: [{ model: 'mlp-8', view: 'depth' }] }, 'networks.0.view: tiny has no view "depth"; it has image'],
    [{ data: { trainSamples: 240 } }, '240 training images asked for, but only 216 are left of 240'],
    [{ data: { trainSamples: 20 } }, 'training.batchSize: a batch of 32 is more than the 20 training images'],
    [{ networks: [{ model: 'cnn-9000' }] }, 'networks.0.model "cnn-9000": a width there is a whole number from 1 to 512'],
    [{ training: { epochs: 0 } }, 'training.epochs is 0; it has to be at least 1 and at most 2000 epochs'],
  ])('refuses %j before the first step, permanently', async (change, message) => {
    await expect(runOn(jobOf({ ...baseSpec, ...change }))).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining(message),
    });
  });

  it('refuses data of another hash', async () => {
    await expect(runOn(jobOf(baseSpec, { datasetHash: 'sha256:other' }))).rejects.toThrow(
      'has other content than the run was scheduled for',
    );
  });
});

describe.each(['reference', 'compiled-cpu'])('a run that was interrupted (%s)', (engineName) => {
  const spec = {
    ...taught,
    networks: [{ model: 'cnn-2' }, { model: 'mlp-6' }],
    training: { ...training, epochs: 2, selection: 'BEST_VALIDATION' },
  };
  let engine: Engine;
  let whole: Awaited<ReturnType<typeof runOn>>;
  beforeAll(async () => {
    engine = await openEngine(engineName);
    whole = await runWith(engine, jobOf(spec));
  });
  afterAll(() => engine.dispose());

  it('repeats itself bit by bit', async () => {
    expect(outcome(await runWith(engine, jobOf(spec)))).toEqual(outcome(whole));
  });

  it.each([1, 2, 3])('goes on from checkpoint %d to the same numbers and files', async (nth) => {
    // As a killed process leaves it: nothing after the checkpoint counts.
    const before = new Recorder();
    const controller = new AbortController();
    const killed = new Recorder({
      epoch: (recorder) => {
        if (recorder.checkpoints.length !== nth) return;
        before.rows.push(...recorder.rows);
        controller.abort(CANCEL);
      },
    });
    await expect(runWith(engine, jobOf(spec), killed, controller.signal)).rejects.toThrow(TrainingStopped);
    const { file, epoch } = killed.checkpoints[nth - 1] as (typeof killed.checkpoints)[0];
    const path = join(data.root, `kept-${engineName}-${nth}.safetensors`);
    await copyFile(file.path, path);
    const after = await runWith(engine, jobOf(spec, { checkpoint: { epoch, path } }));
    expect(outcome(after)).toEqual(outcome(whole));
    expect([...before.numbers, ...after.recorder.numbers]).toEqual(whole.recorder.numbers);
  });

  it('stopped in the middle of an epoch, goes on from that very step', async () => {
    const controller = new AbortController();
    const stopping = new Recorder();
    const watched = new HashingEngine(engine, (steps) => {
      if (steps === 15) controller.abort();
    });
    await expect(runWith(watched, jobOf(spec), stopping, controller.signal)).rejects.toThrow(/stopped in epoch \d after \d of 6 steps/);
    const { file, epoch } = stopping.checkpoints.at(-1) as (typeof stopping.checkpoints)[0];
    const after = await runWith(engine, jobOf(spec, { checkpoint: { epoch, path: file.path } }));
    expect(outcome(after)).toEqual(outcome(whole));
    expect([...stopping.numbers, ...after.recorder.numbers]).toEqual(whole.recorder.numbers);
  });
});

describe('a checkpoint', () => {
  const stored = async () => {
    const { recorder } = await runOn(jobOf(baseSpec));
    return (recorder.checkpoints.at(-1) as (typeof recorder.checkpoints)[0]).file.path;
  };
  const resume = (path: string, spec: object = baseSpec, seed = 1) => runOn(jobOf(spec, { checkpoint: { epoch: 3, path }, seed }));
  const unusable = (reason: string) => ({ discardCheckpoint: true, permanent: false, message: expect.stringContaining(reason) });

  it('cut short, damaged or missing, is to be discarded', async () => {
    const path = await stored();
    const bytes = await readFile(path);
    bytes[bytes.length - 9] = (bytes[bytes.length - 9] as number) ^ 1;
    await writeFile(path, bytes);
    await expect(resume(path)).rejects.toMatchObject(unusable('does not match its checksum'));
    await truncate(path, bytes.length - 40);
    await expect(resume(path)).rejects.toMatchObject(unusable('cut short'));
    await expect(resume(`${path}.gone`)).rejects.toMatchObject(unusable('ENOENT'));
  });

  it('of another run is refused', async () => {
    const path = await stored();
    await expect(resume(path, baseSpec, 2)).rejects.toMatchObject(unusable('seed, dataset or spec differ'));
    await expect(resume(path, pair)).rejects.toBeInstanceOf(TrainingError);
  });
});
