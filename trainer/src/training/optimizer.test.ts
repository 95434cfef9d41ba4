import type { OneOf } from '@studyhall/contract/spec/one-of.ts';
import type { OptimizerSettings } from '@studyhall/contract/spec/run-spec.ts';
import { describe, expect, it } from 'vitest';
import { tf } from '../engine/tf.ts';
import { withBackend } from '../engine/with-backend.ts';
import { optimizerOf } from './optimizer.ts';

type Values = { weights: number[]; slots: Record<string, number[]> };

/** One step from given values, slots named or else 0. */
const step = (
  settings: OneOf<OptimizerSettings>,
  { weights, slots }: Values,
  gradient: number[],
  { rate = 0.1, count = 1, clipping = null as number | null } = {},
): Values =>
  withBackend('cpu', () => {
    const optimizer = optimizerOf(settings, clipping);
    const vectors = (values: Record<string, number[]>) =>
      Object.fromEntries(Object.entries(values).map(([name, numbers]) => [name, tf.tensor1d(numbers)]));
    const rates = Object.fromEntries(Object.entries(optimizer.atStep(count)).map(([name, number]) => [name, tf.scalar(number)]));
    const after = optimizer.update(tf.tensor1d(weights), tf.tensor1d(gradient), {
      slots: vectors(slots),
      learningRate: tf.scalar(rate),
      rates,
    });
    const numbers = (tensor: tf.Tensor) => [...tensor.dataSync()];
    return {
      weights: numbers(after.weights),
      slots: Object.fromEntries(Object.entries(after.slots).map(([name, tensor]) => [name, numbers(tensor)])),
    };
  });

/** Several steps from zeroed slots, one gradient each. */
const train = (settings: OneOf<OptimizerSettings>, weights: number[], gradients: number[][], rate: number): Values => {
  const slots = Object.fromEntries(optimizerOf(settings).slots.map((name) => [name, weights.map(() => 0)]));
  return gradients.reduce<Values>((values, gradient, index) => step(settings, values, gradient, { rate, count: index + 1 }), {
    weights,
    slots,
  });
};

describe('SGD', () => {
  const sgd = (settings: { momentum: number; nesterov: boolean; weightDecay: number }) => {
    const { weights, slots } = step({ sgd: settings }, { weights: [2], slots: { velocity: [4] } }, [1]);
    return [weights[0], slots.velocity?.[0]];
  };

  // g = 1 + 0.5·2 = 2; v = 0.5·4 + 2 = 4.
  it('with Nesterov’s momentum: w − η(g + μv) = 2 − 0.1·(2 + 2)', () => {
    expect(sgd({ momentum: 0.5, nesterov: true, weightDecay: 0.5 })).toEqual([expect.closeTo(1.6, 6), expect.closeTo(4, 6)]);
  });

  it('with plain momentum: w − ηv = 2 − 0.1·4', () => {
    expect(sgd({ momentum: 0.5, nesterov: false, weightDecay: 0.5 })).toEqual([expect.closeTo(1.6, 6), expect.closeTo(4, 6)]);
    expect(sgd({ momentum: 0.9, nesterov: false, weightDecay: 0 })).toEqual([expect.closeTo(1.54, 6), expect.closeTo(4.6, 6)]);
  });

  it('without momentum: w − ηg = 2 − 0.1·1', () => {
    expect(sgd({ momentum: 0, nesterov: false, weightDecay: 0 })[0]).toBeCloseTo(1.9, 6);
  });
});

const usual = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 };

describe('Adam', () => {
  // β₁ = 0.5, β₂ = 0.75, η = 0.1, gradients 1, then −2, then 0; ε = 0.5.
  // t = 1: m = 0.5, v = 0.25; m̂ = 1, v̂ = 1; w = 3 − 0.1·1/1.5 = 2.933333.
  // t = 2: m = −0.75, v = 1.1875; m̂ = −0.75/0.75 = −1, v̂ = 1.1875/0.4375 = 2.714286, √ = 1.647509; w += 0.1/2.147509 = 2.979899.
  // t = 3: m = −0.375, v = 0.890625; m̂ = −0.375/0.875 = −0.428571, v̂ = 0.890625/0.578125 = 1.540541, √ = 1.241185; w += 0.0428571/1.741185.
  it('has the values worked out by hand over three steps', () => {
    const settings = { adam: { beta1: 0.5, beta2: 0.75, epsilon: 0.5, weightDecay: 0 } };
    expect(train(settings, [3], [[1]], 0.1).weights[0]).toBeCloseTo(2.933333, 5);
    expect(train(settings, [3], [[1], [-2]], 0.1).weights[0]).toBeCloseTo(2.979899, 5);
    const { weights, slots } = train(settings, [3], [[1], [-2], [0]], 0.1);
    expect(weights[0]).toBeCloseTo(3.004513, 5);
    expect(slots).toEqual({ firstMoment: [expect.closeTo(-0.375, 6)], secondMoment: [expect.closeTo(0.890625, 6)] });
  });

  it('under one gradient for ever moves by the learning rate at each step, whatever the gradient’s size', () => {
    const gradients = Array.from({ length: 40 }, () => [1e-3, -50]);
    const { weights } = train({ adam: usual }, [0, 0], gradients, 0.01);
    expect(weights[0]).toBeCloseTo(-0.4, 4);
    expect(weights[1]).toBeCloseTo(0.4, 5);
  });

  it('adds weight decay to the gradient: 0.25·4 is like a gradient of 1', () => {
    const decayed = step({ adam: { ...usual, weightDecay: 0.25 } }, { weights: [4], slots: { firstMoment: [0], secondMoment: [0] } }, [0]);
    expect(decayed.slots).toEqual({ firstMoment: [expect.closeTo(0.1, 6)], secondMoment: [expect.closeTo(0.001, 7)] });
    expect(decayed.weights[0]).toBeCloseTo(3.9, 5);
  });

  it('asks for corrections by step: 1 / (1 − β₁ᵗ) and 1 / √(1 − β₂ᵗ)', () => {
    const { atStep } = optimizerOf({ adam: { beta1: 0.5, beta2: 0.75, epsilon: 1e-8, weightDecay: 0 } });
    expect(atStep(1)).toEqual({ firstCorrection: 2, secondCorrection: 2 });
    expect(atStep(2).firstCorrection).toBeCloseTo(4 / 3, 12);
    expect(atStep(100_000)).toEqual({ firstCorrection: 1, secondCorrection: 1 });
  });
});

describe('AdamW', () => {
  it('shrinks weights by 1 − ηλ beside Adam’s step, and keeps the decay out of its moments', () => {
    const decoupled = train({ adamw: { ...usual, weightDecay: 0.5 } }, [4, -2], [[0, 0]], 0.1);
    expect(decoupled.weights).toEqual([expect.closeTo(3.8, 6), expect.closeTo(-1.9, 6)]);
    expect(decoupled.slots).toEqual({ firstMoment: [0, 0], secondMoment: [0, 0] });
    // (4·0.95 − 0.1)·0.95 − 0.1
    expect(train({ adamw: { ...usual, weightDecay: 0.5 } }, [4], [[7], [7]], 0.1).weights[0]).toBeCloseTo(3.415, 5);
  });

  it('without decay is Adam', () => {
    const gradients = [[1], [-3], [0.5]];
    expect(train({ adamw: usual }, [1], gradients, 0.1)).toEqual(train({ adam: usual }, [1], gradients, 0.1));
  });
});

describe('gradient clipping', () => {
  const plain = { sgd: { momentum: 0, nesterov: false, weightDecay: 0 } };
  const clip = (gradient: number[], clipping: number, settings: OneOf<OptimizerSettings> = plain) =>
    step(settings, { weights: gradient.map(() => 0), slots: { velocity: gradient.map(() => 0) } }, gradient, { rate: 1, clipping }).weights;

  it('shortens a gradient of norm 5 to 1: (3, 4) to (0.6, 0.8)', () => {
    expect(clip([3, 4], 1)).toEqual([expect.closeTo(-0.6, 5), expect.closeTo(-0.8, 5)]);
  });

  it('leaves a shorter one, and one of 0, as it is', () => {
    expect(clip([3, 4], 5.1)).toEqual([-3, -4]);
    expect(clip([0, 0], 1)).toEqual([0, 0]);
  });

  it('comes before weight decay: (0.6 + 0.5·2, …)', () => {
    const { weights } = step(
      { sgd: { momentum: 0, nesterov: false, weightDecay: 0.5 } },
      { weights: [2, 0], slots: { velocity: [0, 0] } },
      [3, 4],
      { rate: 1, clipping: 1 },
    );
    expect(weights).toEqual([expect.closeTo(2 - 1.6, 5), expect.closeTo(-0.8, 5)]);
  });
});
