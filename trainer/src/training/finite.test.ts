import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSafetensors, writeSafetensors } from '../data/safetensors.ts';
import { parseModel } from '../nn/models.ts';
import { valueAndGradients } from '../objectives/testing/gradients.ts';
import { clipped } from './clipping.ts';
import { initialState } from './cohort.ts';
import { TrainingStopped } from './failure.ts';
import { checkFiniteState } from './finite-state.ts';
import { optimizerOf } from './optimizer.ts';
import { alone, Bench, training } from './testing/bench.ts';
import { Recorder } from './testing/recorder.ts';
import { CANCEL } from './train.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await Bench.open();
});
afterAll(() => bench.remove());

const deep = (width: number) => ({ ...alone, networks: [{ model: `mlp-${Array(8).fill(width).join('-')}` }] });
/** Two steps, of which the second leads astray. */
const wild = { epochs: 1, batchSize: 96, learningRate: 100 };

describe('a run whose last update went astray', () => {
  it.each([
    [0.2, /^the logits of network 0 \(mlp-128-.*\) are not finite in the validation after epoch 1: sample \d+ gives (NaN|-?Infinity)$/],
    [0, /^the logits of network 0 .* are not finite on the probe after epoch 1: sample/],
  ])('fails for good, with %d held back for validation', async (validationFraction, message) => {
    const job = bench.job({ ...deep(128), data: { validationFraction }, training: wild });
    await expect(bench.run(job)).rejects.toMatchObject({ permanent: true, message: expect.stringMatching(message) });
  });

  it('fails where the optimizer would never move a weight again', async () => {
    const job = bench.job({ ...deep(32), training: { ...wild, optimizer: { adam: {} } } });
    await expect(bench.run(job)).rejects.toMatchObject({
      permanent: true,
      message: expect.stringMatching(
        /^the optimizer's numbers \(secondMoment\) of network 0 .* are not finite after epoch 1: hidden.0.weight holds Infinity. A lower learning rate/,
      ),
    });
  });
});

describe('the state of a cohort', () => {
  const members = ['mlp-3', 'cnn-2'].map((model, index) => ({ index, view: 'image', network: parseModel(model)([6, 6, 1], 3) }));
  const state = () => initialState(members, 1, optimizerOf({ sgd: { momentum: 0.9, nesterov: true, weightDecay: 0 } }));
  const fault = (vector: 'weights' | 'statistics' | 'velocity', place: number, value: number) => {
    const { weights, statistics, slots } = state();
    (vector === 'velocity' ? slots.velocity : { weights, statistics }[vector])?.fill(value, place, place + 1);
    return () => checkFiniteState(members, { weights, statistics, slots }, 'after epoch 4');
  };

  it('is refused wherever it is not finite, with vector, network and tensor', () => {
    const ofFirst = 36 * 3 + 3 + 3 * 3 + 3;
    expect(fault('weights', ofFirst - 1, Number.NaN)).toThrow(
      'the weights of network 0 (mlp-3) are not finite after epoch 4: classifier.bias holds NaN. A lower learning rate',
    );
    expect(fault('weights', ofFirst, Number.NEGATIVE_INFINITY)).toThrow(
      'network 1 (cnn-2) are not finite after epoch 4: block.0.convolution.weight holds -Infinity',
    );
    // Infinite variance makes every output of a batch norm its shift: finite, and at chance.
    expect(fault('statistics', 2, Number.POSITIVE_INFINITY)).toThrow(
      'the running statistics of network 1 (cnn-2) are not finite after epoch 4: block.0.norm.variance holds Infinity',
    );
    expect(fault('velocity', 0, Number.NaN)).toThrow("the optimizer's numbers (velocity) of network 0");
    expect(fault('weights', 0, 3e38)).not.toThrow();
  });
});

it('a gradient whose norm 32 bits do not hold is not shortened to nothing', () => {
  const { value } = valueAndGradients((x) => clipped(x, 1).sum(), [[1e30, 1e30]]);
  expect(value).toBeNaN();
  expect(valueAndGradients((x) => clipped(x, 1).sum(), [[3, 4]]).value).toBeCloseTo(1.4, 5);
});

describe('files that hold numbers which are not finite', () => {
  /** A copy whose tensors hold other numbers. */
  const spoil = async (path: string, numbers: Record<string, number>): Promise<string> => {
    const { tensors, metadata } = readSafetensors(await readFile(path));
    for (const [name, number] of Object.entries(numbers)) tensors[name]?.data.fill(number);
    const spoiled = join(bench.root, `spoiled-${Object.keys(numbers).join('-')}.safetensors`);
    await writeFile(spoiled, writeSafetensors(tensors, metadata));
    return spoiled;
  };

  it('are no checkpoints to go on from, and from scratch it would end there again', async () => {
    const controller = new AbortController();
    const killed = new Recorder({ epoch: () => controller.abort(CANCEL) });
    await expect(bench.run(bench.job(alone), undefined, killed, controller.signal)).rejects.toThrow(TrainingStopped);
    const { epoch, file } = killed.checkpoints[0] as (typeof killed.checkpoints)[0];
    const path = await spoil(file.path, { 'slot.velocity': Number.NaN });
    await expect(bench.run(bench.job(alone, { checkpoint: { epoch, path } }))).rejects.toMatchObject({
      permanent: true,
      discardCheckpoint: false,
      message: expect.stringContaining('(cohort, after epoch 1) holds numbers that are not finite, in slot.velocity'),
    });
  });

  describe('of a teacher', () => {
    let weights: string;
    beforeAll(async () => {
      const { result } = await bench.run(bench.job({ ...alone, networks: [{ model: 'mlp-16' }] }));
      weights = result.artifacts.find(({ kind }) => kind === 'SELECTED_WEIGHTS')?.file.path ?? '';
    });
    const taughtBy = async (path: string, settings: object, augmentation = {}) => {
      const spec = {
        ...alone,
        method: { distillation: { teachers: [{ run: { runId: 'run_1' } }], ...settings } },
        training: { ...training, augmentation },
      };
      return bench.run(bench.job(spec, { teachers: [{ runId: 'run_1', network: 0, model: 'mlp-16', view: 'image', path }] }));
    };

    it('teach nobody', async () => {
      const path = await spoil(weights, { 'hidden.0.bias': Number.POSITIVE_INFINITY });
      await expect(taughtBy(path, {})).rejects.toMatchObject({
        permanent: true,
        message: 'network 0 of run run_1 cannot be a teacher here: its weights are not finite: hidden.0.bias holds Infinity',
      });
    });

    it('are refused as answers, too: asked once, or in each step for their softened outputs or for a class', async () => {
      const path = await spoil(weights, { 'hidden.0.bias': 1e30, 'classifier.weight': 1e30 });
      await expect(taughtBy(path, {})).rejects.toMatchObject({
        permanent: true,
        message: expect.stringMatching(
          /^the logits of teacher 0 \(mlp-16\) are not finite on the training images: sample \d+ gives -?(Infinity|NaN)$/,
        ),
      });
      for (const target of ['SOFT', 'HARD'])
        await expect(taughtBy(path, { target }, { flip: true })).rejects.toMatchObject({
          permanent: true,
          message: expect.stringContaining('the loss is not finite: term distillation of network 0 became NaN in epoch 1, step 1'),
        });
    });
  });
});
