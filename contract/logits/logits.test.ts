import { describe, expect, it } from 'vitest';
import { accuracy } from './accuracy.ts';
import { calibration, calibrationOfPredictions } from './calibration.ts';
import { comparison } from './comparison.ts';
import { confusion } from './confusion.ts';
import { addProbabilities, calibrationOfEnsemble, ensemble } from './ensemble.ts';
import { type LabelledLogits, samplesOf } from './labelled-logits.ts';
import { logProbabilities, mostLikely } from './log-probabilities.ts';
import { softLabels } from './soft-labels.ts';
import { of, type Tally } from './tally.ts';

/** Logits of given probabilities, one row per sample. */
const saying = (probabilities: readonly (readonly number[])[], labels: readonly number[]): LabelledLogits => ({
  logits: Float32Array.from(probabilities.flat().map(Math.log)),
  labels: Int32Array.from(labels),
  classes: probabilities[0]?.length ?? 0,
});
const logits = (values: readonly number[], labels: readonly number[], classes: number): LabelledLogits => ({
  logits: Float32Array.from(values),
  labels: Int32Array.from(labels),
  classes,
});

describe('log-probabilities', () => {
  const of = (values: readonly number[], temperature = 1) => {
    const into = new Float64Array(values.length);
    logProbabilities(logits(values, [0], values.length), 0, into, temperature);
    return Array.from(into);
  };

  it('are those of softmax(z / T)', () => {
    expect(of([Math.log(8), Math.log(2)]).map(Math.exp)).toEqual([expect.closeTo(0.8, 6), expect.closeTo(0.2, 6)]);
    // At T = 2 the odds of 4 are a root: 2.
    expect(of([Math.log(8), Math.log(2)], 2).map(Math.exp)).toEqual([expect.closeTo(2 / 3, 6), expect.closeTo(1 / 3, 6)]);
  });

  it('stay finite for the largest logits and the smallest temperature', () => {
    expect(of([3e38, -3e38])).toEqual([0, expect.closeTo(-6e38, -33)]);
    expect(of([5000, 0], 0.01).every(Number.isFinite)).toBe(true);
  });

  it('are likeliest at the first of equals', () => {
    expect(mostLikely(Float32Array.of(1, 3, 3), 3)).toBe(1);
  });
});

describe('calibration', () => {
  it('bins by confidence, each bin with its upper end', () => {
    const tally = calibrationOfPredictions(5);
    // By hand: (0.2, 0.4] holds 0.3 and 0.4, one of two right; (0.8, 1] holds 0.9 and 1, both right.
    for (const [confidence, correct] of [
      [0.3, true],
      [0.4, false],
      [0.9, true],
      [1, true],
    ] as const)
      tally.add({ confidence, correct });
    const { ece, accuracy, confidence, samples, bins } = tally.figure();
    expect(samples).toBe(4);
    expect(accuracy).toBe(0.75);
    expect(confidence).toBeCloseTo(0.65);
    expect(ece).toBeCloseTo((2 / 4) * 0.15 + (2 / 4) * 0.05);
    expect(bins.map(({ count }) => count)).toEqual([0, 2, 0, 0, 2]);
    expect(bins[0]).toEqual({ low: 0, high: 0.2, count: 0, accuracy: null, confidence: null });
    expect(bins[1]).toMatchObject({ accuracy: 0.5, confidence: expect.closeTo(0.35) });
  });

  it('is perfect where confidence is accuracy: three of four right at 0.75', () => {
    const rows = Array.from({ length: 4 }, () => [0.75, 0.25]);
    expect(of(calibration(2), saying(rows, [0, 0, 0, 1])).ece).toBeCloseTo(0, 6);
    expect(of(calibration(2), saying(rows, [1, 1, 1, 1])).ece).toBeCloseTo(0.75, 6);
  });

  it('takes a network that is entirely sure: its error is the part that it is wrong about', () => {
    const sure = logits([1e30, 0, 1e30, 0, 1e30, 0, 1e30, 0], [0, 0, 0, 1], 2);
    const { ece, confidence, bins } = of(calibration(2), sure);
    expect(confidence).toBe(1);
    expect(ece).toBeCloseTo(0.25);
    expect(bins).toHaveLength(15);
    expect(bins[14]?.count).toBe(4);
  });
});

describe('a confusion matrix', () => {
  it('counts samples by true class and predicted one', () => {
    const taken = logits([2, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 5], [0, 0, 1, 2], 3);
    expect(of(confusion(3), taken)).toEqual([
      [1, 1, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
  });
});

describe('a comparison', () => {
  const a = saying(
    [
      [0.5, 0.5],
      [0.9, 0.1],
    ],
    [0, 0],
  );
  const b = saying(
    [
      [0.25, 0.75],
      [0.9, 0.1],
    ],
    [0, 0],
  );

  it('is the part of equal predictions, and the mean KL each way', () => {
    const found = of(comparison(2), [a, b] as const);
    expect(found).toMatchObject({ samples: 2, agreement: 0.5 });
    expect(found.meanKl).toBeCloseTo((0.5 * Math.log(2) + 0.5 * Math.log(2 / 3)) / 2, 6);
    expect(found.meanKlReversed).toBeCloseTo((0.25 * Math.log(0.5) + 0.75 * Math.log(1.5)) / 2, 6);
    expect(found.confusionDifference).toEqual([
      [1, -1],
      [0, 0],
    ]);
  });

  it('finds nothing between a network and itself, and a finite KL between two that are sure of different classes', () => {
    expect(of(comparison(2), [a, a] as const)).toMatchObject({ agreement: 1, meanKl: 0, meanKlReversed: 0 });
    const [one, other] = [logits([1e4, 0], [0], 2), logits([0, 1e4], [0], 2)];
    expect(of(comparison(2), [one, other] as const)).toMatchObject({ agreement: 0, meanKl: 1e4, meanKlReversed: 1e4 });
  });
});

describe('an ensemble', () => {
  it('averages probabilities, not votes: one that is sure outweighs two that are not', () => {
    const members = [saying([[0.98, 0.02]], [0]), saying([[0.45, 0.55]], [0]), saying([[0.4, 0.6]], [0])];
    const { accuracy, confidence } = ensemble(members);
    expect(accuracy).toBe(1);
    expect(confidence).toBeCloseTo((0.98 + 0.45 + 0.4) / 3, 6);
  });

  it('mends errors that its members do not share, however many they are', () => {
    // Each is wrong about one of three samples, a different one: every member is right on 2/3, the ensemble on all.
    const right = [0.9, 0.1];
    const wrong = [0.4, 0.6];
    const members = [0, 1, 2].map((own) =>
      saying(
        [0, 1, 2].map((sample) => (sample === own ? wrong : right)),
        [0, 0, 0],
      ),
    );
    expect(members.map((member) => of(accuracy(), member))).toEqual([2 / 3, 2 / 3, 2 / 3]);
    expect(members.map((member) => of(calibration(2), member).accuracy)).toEqual([2 / 3, 2 / 3, 2 / 3]);
    expect(ensemble(members).accuracy).toBe(1);
  });

  it('of one network is that network', () => {
    const one = saying([[0.7, 0.3]], [1]);
    expect(ensemble([one])).toEqual(of(calibration(2), one));
  });
});

describe('every figure', () => {
  it('is the same, taken in part by part', () => {
    const count = 40;
    const values = Array.from({ length: count * 3 }, (_, i) => Math.sin(i * 1.7) * 3);
    const a = logits(
      values,
      Array.from({ length: count }, (_, i) => i % 3),
      3,
    );
    const b = { ...a, logits: a.logits.map((value) => Math.cos(value)) };
    const parts = [0, 7, 33].map((from, i) => [from, [7, 33, count][i] as number] as const);
    const expectSame = <Figure>(make: () => Tally<LabelledLogits, Figure>) => {
      const tally = make();
      for (const [from, to] of parts) tally.add(samplesOf(a, from, to));
      expect(tally.figure()).toEqual(of(make(), a));
    };
    expectSame(() => softLabels(3, 2));
    expectSame(() => calibration(3));
    expectSame(() => confusion(3));
    expectSame(accuracy);
    const pairs = comparison(3);
    for (const [from, to] of parts) pairs.add([samplesOf(a, from, to), samplesOf(b, from, to)]);
    const whole = of(comparison(3), [a, b] as const);
    expect(pairs.figure()).toEqual({
      ...whole,
      meanKl: expect.closeTo(whole.meanKl),
      meanKlReversed: expect.closeTo(whole.meanKlReversed),
    });
    const sums = new Float64Array(count * 3);
    for (const [from, to] of parts) for (const member of [a, b]) addProbabilities(sums, samplesOf(member, from, to), from);
    expect(calibrationOfEnsemble(sums, 2, a.labels)).toEqual(ensemble([a, b]));
  });
});
