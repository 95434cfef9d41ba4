import { describe, expect, it } from 'vitest';
import { Stream } from '../random/stream.ts';
import { scoreLogits } from './scores.ts';
import { addBias, findBias, type Labelled, scoreWithheld } from './withheld.ts';

const samples = (...rows: [label: number, ...logits: number[]][]): Labelled => ({
  labels: Int32Array.from(rows, ([label]) => label),
  logits: Float32Array.from(rows.flatMap(([, ...logits]) => logits)),
});

describe('findBias', () => {
  it('is 0 where nothing can be gained', () => {
    expect(findBias(samples([0, 3, 0, 1], [1, 0, 3, 1], [2, 0, 0, 2]), 3, [2])).toBe(0);
    // Class 2 is nowhere the best and nobody's label: no bias changes anything for the better.
    expect(findBias(samples([1, 3, 0, 1]), 3, [2])).toBe(0);
    expect(findBias(samples([1, 3, 0, 1], [0, 0, 3, 1]), 3, [2])).toBe(0);
  });

  it('is the middle of the interval in which most samples are right', () => {
    // Class 2 wins from 1 and from 3 on, where it should; from 5 on it would take a sample of class 0.
    expect(findBias(samples([2, 2, 0, 1], [2, 4, 0, 1], [0, 6, 0, 1]), 3, [2])).toBe(4);
    // Negative, where it wins too often: two samples of class 0 come back below −1 and −3.
    expect(findBias(samples([0, 1, 0, 2], [0, 1, 0, 4], [2, 0, 0, 9]), 3, [2])).toBe(-6);
  });

  it('goes one beyond the last sample that it has to win', () => {
    expect(findBias(samples([2, 2, 0, 1], [2, 4, 0, 1]), 3, [2])).toBe(4);
    expect(findBias(samples([0, 1, 0, 2]), 3, [2])).toBe(-2);
  });

  it('takes that nearest to 0 of equally good ones, the positive one first', () => {
    // Right for one of two: below −2 (a sample of 0), above 2 (a sample of 2); 0 is wrong for both.
    expect(findBias(samples([0, 0, -9, 2], [2, 2, -9, 0]), 3, [2])).toBe(3);
    expect(findBias(samples([0, 0, -9, 1], [2, 2, -9, 0]), 3, [2])).toBe(-2);
  });

  it('lets the best of several withheld classes win', () => {
    const { logits, labels } = samples([2, 2, 0, 1, 0], [3, 2, 0, 0, 1], [3, 2, 0, 1.5, 0]);
    const bias = findBias({ logits, labels }, 4, [2, 3]);
    expect(bias).toBe(2);
    expect([...addBias(logits, 4, [2, 3], bias)].slice(0, 4)).toEqual([2, 0, 3, 2]);
  });

  it('is as good as any bias of a fine grid', () => {
    for (let trial = 0; trial < 50; trial++) {
      const draw = new Stream(trial, 'noise');
      const logits = Float32Array.from({ length: 40 * 4 }, () => draw.between(-3, 3));
      const labels = Int32Array.from({ length: 40 }, () => draw.below(4));
      const right = (bias: number) => scoreLogits(Float32Array.from(addBias(logits, 4, [1, 3], bias)), labels, 4).accuracy;
      const found = right(findBias({ logits, labels }, 4, [1, 3]));
      for (let bias = -8; bias <= 8; bias += 0.01) expect(right(bias)).toBeLessThanOrEqual(found);
    }
  });
});

describe('scoreWithheld', () => {
  const validation = samples([1, 3, 1], [1, 2, 1], [0, 5, 0]);
  const test = samples([1, 1, 3], [1, 2, 0], [1, 9, 0], [0, 4, 1], [0, 2, 1]);

  it('gives the accuracy on withheld classes as it is, and both accuracies under the bias of the validation split', () => {
    // Withheld samples of the validation split are won from 2 and 1 on, and a kept one lost from 5 on: 3.5.
    expect(scoreWithheld(validation, test, 2, [1])).toEqual({
      withheldAccuracy: 1 / 3,
      biasCorrection: 3.5,
      correctedAccuracy: 2 / 5,
      correctedWithheldAccuracy: 2 / 3,
    });
  });

  it('corrects nothing without a validation split, and says nothing where no class was withheld', () => {
    expect(scoreWithheld(null, test, 2, [1])).toMatchObject({ withheldAccuracy: 1 / 3, biasCorrection: null, correctedAccuracy: null });
    expect(Object.values(scoreWithheld(validation, test, 2, []))).toEqual([null, null, null, null]);
  });
});
