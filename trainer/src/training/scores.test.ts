import { describe, expect, it } from 'vitest';
import { disagreement, scoreCohort, scoreEnsemble, scoreLogits } from './scores.ts';

const logs = (...probabilities: number[]) => Float32Array.from(probabilities.map(Math.log));

describe('scores', () => {
  it('are the mean of −log p of the labels, the part rightly classified, the mean entropy', () => {
    const scores = scoreLogits(logs(0.5, 0.25, 0.25, 0.1, 0.1, 0.8), Int32Array.of(0, 1), 3);
    expect(scores.loss).toBeCloseTo((Math.log(2) + Math.log(10)) / 2, 6);
    expect(scores.accuracy).toBe(0.5);
    expect(scores.entropy).toBeCloseTo((1.5 * Math.log(2) + 0.2 * Math.log(10) - 0.8 * Math.log(0.8)) / 2, 6);
  });

  it('of an ensemble are those of the mean probabilities', () => {
    const scores = scoreEnsemble([logs(0.9, 0.1), logs(0.3, 0.7)], Int32Array.of(0), 2);
    expect(scores.loss).toBeCloseTo(-Math.log(0.6), 6);
    expect(scores.accuracy).toBe(1);
  });

  it('stay finite where probabilities vanish', () => {
    const { loss, entropy } = scoreLogits(Float32Array.of(5000, -5000), Int32Array.of(1), 2);
    expect(loss).toBe(10_000);
    expect(entropy).toBe(0);
  });

  it('of an ensemble stay finite, too, where the mean of probabilities is no double', () => {
    const sure = Float32Array.of(5000, -5000);
    const surer = Float32Array.of(3e38, -3e38);
    // log of the mean of e^−10000 and e^−6e38: the second adds nothing.
    expect(scoreEnsemble([sure, surer], Int32Array.of(1), 2).loss).toBeCloseTo(10_000 + Math.log(2), 9);
    expect(scoreEnsemble([sure, sure, sure], Int32Array.of(1), 2)).toEqual({ loss: 10_000, accuracy: 0, entropy: 0 });
    expect(Number.isFinite(scoreEnsemble([surer, surer], Int32Array.of(1), 2).loss)).toBe(true);
  });

  it('count on how many samples pairs of networks differ', () => {
    const a = logs(0.9, 0.1, 0.9, 0.1);
    const b = logs(0.9, 0.1, 0.1, 0.9);
    expect(disagreement([a, b], 2)).toBe(0.5);
    expect(disagreement([a, b, b], 2)).toBeCloseTo(1 / 3, 12);
    expect(scoreCohort([a], Int32Array.of(0, 0)).ensemble).toBeNull();
  });
});
