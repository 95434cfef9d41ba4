import { describe, expect, it } from 'vitest';
import { checkSplit } from './check-split.ts';
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

  it('balances the labelled part, nests it, and makes it the subset of that size', () => {
    const labelled = (labelledFraction: number) => split({ trainSamples: 300, labelledFraction }).labelled;
    expect(countsOf(labelled(0.1))).toEqual([10, 10, 10]);
    expect([...labelled(0.1)].every((index) => labelled(0.5).includes(index))).toBe(true);
    expect(labelled(0.2)).toEqual(split({ trainSamples: 60 }).train);
    expect(labelled(1)).toEqual(split({ trainSamples: 300 }).train);
    expect(split({ splitSeed: 1, trainSamples: 300, labelledFraction: 0.1 }).labelled).not.toEqual(labelled(0.1));
  });

  it('leaves withheld classes out of what the cohort sees, and of nothing else', () => {
    const whole = split({ trainSamples: 300 });
    const without = split({ trainSamples: 300, withheldClasses: [1] });
    expect(countsOf(without.transfer)).toEqual([105, 0, 90]);
    expect([without.train, without.validation, without.labelled]).toEqual([whole.train, whole.validation, whole.labelled]);
    expect(whole.transfer).toEqual(whole.train);
  });

  it('depends on the split seed', () => {
    expect(split().validation).toEqual(split().validation);
    expect(split({ splitSeed: 1 }).validation).not.toEqual(split().validation);
  });

  it('refuses more images than are left', () => {
    expect(() => split({ trainSamples: 901 })).toThrow('901 training images asked for, but only 900 are left of 1,000');
  });
});

describe('checkSplit', () => {
  const classes = ['cat', 'dog', 'eel'].map((name) => ({ name, superclass: null }));
  const check = (settings: Parameters<typeof split>[0]) =>
    checkSplit({ name: 'pets', classes, train: { size: 1000, labels, views: {} } }, split(settings), {
      ...settings,
      validationFraction: 0.1,
      splitSeed: 0,
    });

  it('refuses a labelled part that leaves a class empty, naming it', () => {
    check({ trainSamples: 300, labelledFraction: 0.01 });
    expect(() => check({ trainSamples: 100, labelledFraction: 0.02 })).toThrow(
      /0\.02 of 100 training images leaves class (0 \(cat\)|1 \(dog\)|2 \(eel\)) without a labelled image/,
    );
    expect(() => check({ validationFraction: 0, labelledFraction: 0.0001 })).toThrow('leaves class 0 (cat), 1 (dog), 2 (eel) without');
  });
});
