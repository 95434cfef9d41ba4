import { describe, expect, it } from 'vitest';
import { splitTraining } from './split.ts';

/** 600 samples of class 0, 300 of class 1, 100 of class 2, mixed. */
const labels = Int32Array.from({ length: 1000 }, (_, k) => (k % 10 < 6 ? 0 : k % 10 < 9 ? 1 : 2));

const countsOf = (indices: Int32Array) => [0, 1, 2].map((label) => indices.filter((index) => labels[index] === label).length);

const split = (change: Partial<Parameters<typeof splitTraining>[2]> = {}) =>
  splitTraining(labels, 3, { trainSamples: null, validationFraction: 0.1, splitSeed: 0, ...change });

describe('splitTraining', () => {
  it('takes validation in the proportions of the classes and leaves the rest', () => {
    const { train, validation } = split();
    expect(countsOf(validation)).toEqual([60, 30, 10]);
    expect(countsOf(train)).toEqual([540, 270, 90]);
    expect(new Set([...train, ...validation]).size).toBe(1000);
  });

  it('balances the classes of a subset, as far as they go', () => {
    expect(countsOf(split({ trainSamples: 150 }).train)).toEqual([50, 50, 50]);
    expect(countsOf(split({ trainSamples: 400 }).train)).toEqual([155, 155, 90]);
    const [a = 0, b = 0, c = 0] = countsOf(split({ trainSamples: 100 }).train);
    expect([a, b, c].sort()).toEqual([33, 33, 34]);
  });

  it('nests subsets and keeps validation apart from their size', () => {
    const small = split({ trainSamples: 60 });
    const large = split({ trainSamples: 300 });
    expect(small.validation).toEqual(large.validation);
    expect([...small.train].every((index) => large.train.includes(index))).toBe(true);
  });

  it('depends on the split seed', () => {
    expect(split().validation).toEqual(split().validation);
    expect(split({ splitSeed: 1 }).validation).not.toEqual(split().validation);
  });

  it('refuses more images than are left', () => {
    expect(() => split({ trainSamples: 901 })).toThrow('901 training images asked for, but only 900 are left of 1000');
  });
});
