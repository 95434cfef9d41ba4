import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors } from '../data/safetensors.ts';
import { eager } from '../engine/eager.ts';
import { tf } from '../engine/tf.ts';
import { figureOf } from '../measures/figure-of.ts';
import { scoreLogits } from './scores.ts';
import { alone, Bench, pair, taught, training } from './testing/bench.ts';
import { HashingEngine } from './testing/hashing-engine.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.remove());

describe('train', () => {
  it('says what products were computed in where that is not float32, and keeps the scales of losses with a checkpoint', async () => {
    const scales = async (precision: string) => {
      const { recorder } = await bench.run(bench.job({ ...pair, training: { ...training, epochs: 1, precision } }));
      const { tensors } = readSafetensors(await readFile(recorder.checkpoints[0]?.file.path ?? ''));
      return [recorder.fingerprint.products, tensors['scaling.lossScale']?.data, tensors['scaling.goodSteps']?.data];
    };
    expect(await scales('FLOAT32')).toEqual([undefined, undefined, undefined]);
    expect(await scales('MIXED_BFLOAT16')).toEqual(['bfloat16', undefined, undefined]);
    // The first network's gradient overflows at the first step, when the scale is 65,536.
    expect(await scales('MIXED_FLOAT16')).toEqual(['float16', Float32Array.of(32_768, 65_536), Float32Array.of(5, 6)]);
  });

  it('learns, and reports every network, epoch, term and result', async () => {
    const { result, recorder } = await bench.run(bench.job(pair));
    expect(recorder.reports.map(({ index, role, model, parameters }) => [index, role, model, parameters])).toEqual([
      [0, 'PEER', 'mlp-8', 36 * 8 + 8 + 8 * 3 + 3],
      [1, 'PEER', 'mlp-6', 36 * 6 + 6 + 6 * 3 + 3],
    ]);
    const engine = {
      engine: 'eager',
      provider: 'tfjs-cpu',
      threads: 1,
      runtime: expect.stringMatching(/^tfjs \d/),
      cpu: expect.any(String),
    };
    expect(recorder.fingerprint).toEqual(engine);
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
    expect(figureOf(result, null, { measure: 'disagreement', split: 'TEST' })).toBeLessThan(1);
    expect(result.artifacts.map(({ kind, network }) => `${kind} ${network}`)).toEqual(
      [0, 1].flatMap((network) =>
        ['SELECTED_WEIGHTS', 'FINAL_WEIGHTS', 'TEST_LOGITS', 'VALIDATION_LOGITS'].map((kind) => `${kind} ${network}`),
      ),
    );
    const logits = readSafetensors(await readFile(result.artifacts[2]?.file.path ?? '')).tensors;
    expect([logits.logits?.shape, logits.labels?.shape]).toEqual([[60, 3], [60]]);
    const validation = readSafetensors(await readFile(result.artifacts[3]?.file.path ?? '')).tensors;
    expect([validation.logits?.shape, validation.labels?.shape, validation.indices?.shape]).toEqual([[48, 3], [48], [48]]);
    // The tiny data's labels are their places modulo 3.
    expect(validation.labels?.data).toEqual(validation.indices?.data.map((index) => index % 3));
    const scores = scoreLogits(validation.logits?.data as Float32Array, validation.labels?.data as Int32Array, 3);
    const onValidation = { measure: 'entropy', split: 'VALIDATION' } as const;
    expect(result.networks[0]).toMatchObject({ validationLoss: scores.loss });
    expect(figureOf(result, 0, onValidation)).toBe(scores.entropy);
    expect(figureOf(result, 0, { measure: 'withheldAccuracy', split: 'TEST' })).toBeNull();
    expect(recorder.rows.at(-2)?.measurements).toContainEqual({ ...onValidation, value: scores.entropy });
    expect(recorder.rows.at(-2)?.measurements.map(({ measure, split }) => `${measure} ${split}`)).toEqual([
      'entropy TRAIN',
      'entropy VALIDATION',
      'probeEntropy TRAIN',
    ]);
    expect(recorder.cohort.at(-1)?.measurements.map(({ measure }) => measure)).toEqual(['entropy', 'disagreement']);
    expect(figureOf(result, 0, { measure: 'entropy', split: 'TEST' })).toBeGreaterThan(0);
    // Averaging never lowers entropy.
    const [first, second] = [0, 1].map((network) => figureOf(result, network, onValidation) ?? 0);
    expect(figureOf(result, null, onValidation)).toBeGreaterThanOrEqual(((first ?? 0) + (second ?? 0)) / 2);
  });

  it('trains a teacher first, keeps it after the cohort’s indices, and learns from it', async () => {
    const { result, recorder } = await bench.run(bench.job(taught));
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
    const within = await bench.run(bench.job(taught));
    const weights = within.result.artifacts.find(({ kind, network }) => kind === 'SELECTED_WEIGHTS' && network === 1)?.file.path ?? '';
    const spec = { ...taught, method: { distillation: { teachers: [{ run: { runId: 'run_1', network: 1 } }] } } };
    const teachers = [{ runId: 'run_1', network: 1, model: 'mlp-16', view: 'image', path: weights }];
    const from = await bench.run(bench.job(spec, { teachers }));
    expect(from.recorder.numbers).toEqual(within.recorder.numbers.filter(({ network }) => network === 0));
    await expect(bench.run(bench.job(spec))).rejects.toThrow('names 1 teachers of earlier runs, but weights of 0 were given');
    // A teacher of all classes and labels teaches students that see fewer of either.
    const data = { validationFraction: 0.2, withheldClasses: [2] };
    const few = await bench.run(bench.job({ ...spec, data }, { teachers }));
    const fewWithin = await bench.run(bench.job({ ...taught, data }));
    expect(few.recorder.numbers).toEqual(fewWithin.recorder.numbers.filter(({ network }) => network === 0));
    const otherSplit = { ...spec, data: { validationFraction: 0.2, splitSeed: 7 } };
    await expect(bench.run(bench.job(otherSplit, { teachers }))).rejects.toThrow('trained on validation images of this run');
    await expect(bench.run(bench.job(spec, { teachers: [{ ...(teachers[0] as (typeof teachers)[0]), model: 'mlp-17' }] }))).rejects.toThrow(
      'cannot be a teacher here: tensor hidden.0.weight has shape [36,16]; mlp-17 needs [36,17]',
    );
  });

  it.each(['NONE', 'PERMUTATION'])(
    'compares features, alignment %s: a term of its own, and other weights than without',
    async (alignment) => {
      const networks = [{ model: 'mlp-8' }, { model: 'mlp-10-8' }];
      const method = { mutual: { features: { layer: 'LAST', weight: 3, alignment } } };
      const { recorder, result } = await bench.run(bench.job({ ...pair, networks, method }));
      for (const row of recorder.rows) {
        expect(Object.keys(row.trainTerms)).toEqual(['crossEntropy', 'mutual', 'features']);
        expect(row.trainTerms.features).toBeGreaterThan(0);
        expect(row.trainLoss).toBeCloseTo(
          Object.values(row.trainTerms).reduce((sum, term) => sum + term, 0),
          12,
        );
      }
      const without = await bench.run(bench.job({ ...pair, networks }));
      expect(result.artifacts[0]?.file.sha256).not.toBe(without.result.artifacts[0]?.file.sha256);
    },
  );

  it('aligned, features lie nearer to each other than as they come, from the first epoch on', async () => {
    const networks = [{ model: 'mlp-8' }, { model: 'mlp-8' }];
    const first = async (alignment: string) => {
      const spec = {
        ...pair,
        networks,
        method: { mutual: { features: { weight: 1e-6, alignment } } },
        training: { ...training, epochs: 1 },
      };
      const { recorder } = await bench.run(bench.job(spec));
      return recorder.rows.map(({ trainTerms }) => trainTerms.features ?? 0);
    };
    const [raw, aligned] = [await first('NONE'), await first('PERMUTATION')];
    for (const [place, distance] of raw.entries()) expect(aligned[place]).toBeLessThan(distance);
  });

  it('trains a teacher on all classes and its students without the withheld ones', async () => {
    const engine = new HashingEngine(eager('cpu'));
    const data = { validationFraction: 0.2, withheldClasses: [2] };
    await bench.run(bench.job({ ...taught, data }), engine);
    // 192 training images, 64 of each class: 6 batches of 32, and 4 without class 2.
    expect(engine.steps.length).toBe(2 * 6 + 3 * 4);
    const control = new HashingEngine(eager('cpu'));
    await bench.run(bench.job({ ...alone, data }), control);
    expect(control.steps).toEqual(engine.steps.slice(12));
  });

  it('shows a student classes it never saw, through its teacher; the correction brings them out (Hinton et al. 2014)', async () => {
    const data = { validationFraction: 0.2, withheldClasses: [2] };
    const teacher = { trained: { network: { model: 'mlp-16' }, epochs: 20 } };
    const method = { distillation: { teachers: [teacher], weight: 1, temperature: 8 } };
    const settings = { epochs: 30, batchSize: 32, learningRate: 0.05 };
    const { result } = await bench.run(bench.job({ ...taught, data, method, networks: [{ model: 'mlp-16' }], training: settings }));
    const onTest = (network: number, measure: string) => figureOf(result, network, { measure, split: 'TEST' });
    const bias = (network: number) => figureOf(result, network, { measure: 'biasCorrection', split: 'VALIDATION' });
    const [student, taughtBy] = [0, 1];
    expect(onTest(student, 'withheldAccuracy')).toBeLessThan(0.6);
    expect(bias(student)).toBeGreaterThan(0);
    expect(onTest(student, 'correctedWithheldAccuracy')).toBeGreaterThan(0.8);
    expect(onTest(student, 'correctedAccuracy')).toBeGreaterThan(onTest(student, 'accuracy') ?? 1);
    expect([bias(taughtBy), onTest(taughtBy, 'correctedAccuracy')]).toEqual([null, null]);
    expect(onTest(taughtBy, 'withheldAccuracy')).toBeGreaterThan(0.8);
  });

  it('uses the labels of a part of the images alone, in the teacher’s training too', async () => {
    const data = { validationFraction: 0.2, labelledFraction: 0.125 };
    const weights: Float32Array[] = [];
    const engine = new HashingEngine(eager('cpu'), (_, inputs) => weights.push(Float32Array.from(inputs.sampleWeights ?? [])));
    await bench.run(bench.job({ ...taught, data }), engine);
    const perEpoch = (epoch: number) =>
      weights.slice(6 * epoch, 6 * epoch + 6).reduce((sum, batch) => sum + batch.reduce((total, weight) => total + weight, 0), 0);
    // 24 of 192, each seen once an epoch.
    expect([0, 1, 2, 3, 4].map(perEpoch)).toEqual([24, 24, 24, 24, 24]);
    const other = new HashingEngine(eager('cpu'));
    await bench.run(bench.job({ ...alone, data }), other);
    expect(other.steps).toEqual(engine.steps.slice(12));
  });

  it('selects the first epoch of best validation when asked to, and evaluates its weights', async () => {
    const spec = { ...alone, training: { ...training, epochs: 6, learningRate: 1, selection: 'BEST_VALIDATION' } };
    const { result, recorder } = await bench.run(bench.job(spec));
    const accuracies = recorder.rows.map(({ validationAccuracy }) => validationAccuracy ?? 0);
    const best = accuracies.indexOf(Math.max(...accuracies)) + 1;
    expect(result.networks[0]?.selectedEpoch).toBe(best);
    expect(result.networks[0]?.validationAccuracy).toBe(accuracies[best - 1]);
  });

  it('keeps only the newest checkpoint once the listener has it, and writes as often as asked', async () => {
    const job = bench.job({ ...alone, training: { ...training, epochs: 5 } }, { checkpointEvery: 2 });
    const { recorder } = await bench.run(job);
    expect(recorder.checkpoints.map(({ epoch }) => epoch)).toEqual([2, 4, 5]);
    await expect(readFile(recorder.checkpoints[1]?.file.path ?? '')).rejects.toThrow('ENOENT');
    expect((await readFile(recorder.checkpoints[2]?.file.path ?? '')).length).toBe(recorder.checkpoints[2]?.file.bytes);
  });

  it('fails permanently, naming epoch, step and term, when the loss is not finite', async () => {
    const spec = {
      ...alone,
      training: { ...training, learningRate: 100, optimizer: { sgd: { momentum: 0.9999, weightDecay: 1 } }, epochs: 50 },
    };
    await expect(bench.run(bench.job(spec))).rejects.toMatchObject({
      permanent: true,
      message: expect.stringMatching(/term crossEntropy of network 0 became (NaN|Infinity) in epoch \d+, step \d+/),
    });
  });

  it('leaves no tensors behind', async () => {
    await bench.run(bench.job(taught));
    const before = tf.memory().numTensors;
    await bench.run(bench.job(taught));
    expect(tf.memory().numTensors).toBe(before);
  });

  it.each([
    [{ dataset: 'mnist' }, 'dataset "mnist" is not here; there are shapes-16, shapes-32, tiny'],
    [{ networks: [{ model: 'mlp-8', view: 'depth' }] }, 'networks.0.view "depth" is not a view of tiny; allowed: image.'],
    [{ data: { trainSamples: 240 } }, 'data.trainSamples is 240; tiny has 216 training images once 24 are held back'],
    [{ data: { trainSamples: 20 } }, 'training.batchSize is 32; only 20 training images are used'],
    [{ data: { withheldClasses: [3] } }, 'data.withheldClasses.0 is 3; tiny has the classes 0 to 2'],
    [{ data: { withheldClasses: [1, 2], trainSamples: 90 } }, 'a batch of 32 is more than the 30 training images that are left without'],
    [{ data: { labelledFraction: 0.005 } }, 'data.labelledFraction is 0.005; of 216 training images that leaves 1 with a label'],
    [{ networks: [{ model: 'cnn-9000' }] }, 'networks.0.model "cnn-9000": cnn-W takes a width, a whole number from 1 to 512'],
    [
      { networks: [{ model: 'mlp-8' }, { model: 'mlp-6' }], method: { mutual: { features: {} } } },
      'method.mutual.features.layer is LAST, where network 0 (mlp-8) has 8 and network 1 (mlp-6) has 6: features of different shapes cannot be matched',
    ],
    [
      { networks: [{ model: 'mlp-2049' }, { model: 'mlp-2049' }], method: { mutual: { features: { alignment: 'PERMUTATION' } } } },
      'method.mutual.features.alignment is PERMUTATION, but layer LAST of mlp-2049 has 2,049 neurons; at most 2,048 can be aligned',
    ],
    [
      { networks: [{ model: 'mlp-8' }, { model: 'mobilenet-0.25' }], training: { batchSize: 1 } },
      'training.batchSize is 1, where the batch norm of network 1 (mobilenet-0.25 on 6 × 6 × 1) sees a single number per channel; take a batch of at least 2',
    ],
    [
      {
        method: { distillation: { teachers: [{ trained: { network: { model: 'mobilenet-1' } } }] } },
        training: { batchSize: 1 },
      },
      'training.batchSize is 1, where the batch norm of network 1 (mobilenet-1',
    ],
    [{ training: { epochs: 0 } }, 'training.epochs is 0; it has to be at least 1 and at most 2,000 epochs'],
  ])('refuses %j before the first step, permanently', async (change, message) => {
    await expect(bench.run(bench.job({ ...alone, ...change }))).rejects.toMatchObject({
      permanent: true,
      message: expect.stringContaining(message),
    });
  });

  it('refuses data of another hash', async () => {
    await expect(bench.run(bench.job(alone, { datasetHash: 'sha256:other' }))).rejects.toThrow('is not the one the run was scheduled for');
  });
});
