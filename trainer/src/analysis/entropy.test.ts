import { describe, expect, it } from 'vitest';
import { entropies, meanEntropy } from './entropies.ts';
import { histogram } from './entropy.ts';
import { temperatureFor } from './equivalent-temperature.ts';
import { rootOf } from './root.ts';

const classes = 4;
const uniform = Float32Array.of(7, 7, 7, 7);
const oneHot = Float32Array.of(0, 1000, 0, 0);
const logits = Float32Array.of(2, 1, 0, -1, 0.5, 3, -2, 1, 0, 0, 4, 0.1);

describe('entropy of outputs', () => {
  it('is the logarithm of the number of classes where all are as likely, and 0 where one is certain', () => {
    expect(entropies(uniform, classes)[0]).toBeCloseTo(Math.log(4), 12);
    expect(entropies(oneHot, classes)[0]).toBe(0);
  });

  it('of two classes at odds of 3 to 1 is the one by hand', () => {
    const value = entropies(Float32Array.of(Math.log(3), 0), 2)[0];
    expect(value).toBeCloseTo(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)), 6);
  });

  it('falls into bins that hold both ends', () => {
    expect(histogram(Float64Array.of(0, 0.1, 0.9, 1), 2, 1)).toEqual([0.5, 0.5]);
  });
});

describe('the equivalent temperature', () => {
  it('of a teacher that was softened on purpose is the temperature by which it was', () => {
    for (const temperature of [0.5, 1, 3, 20]) {
      const softened = meanEntropy(logits, classes, temperature);
      expect(temperatureFor(logits, classes, softened)).toBeCloseTo(temperature, 6);
    }
  });

  it('is absent where no temperature from 0.01 to 100 gives that entropy', () => {
    expect(temperatureFor(logits, classes, Math.log(4))).toBeNull();
    expect(temperatureFor(logits, classes, -0.1)).toBeNull();
    expect(temperatureFor(uniform, classes, 1)).toBeNull();
  });

  it('is found by halving, to ten digits', () => {
    expect(rootOf((x) => x * x, 2, 0.01, 100)).toBeCloseTo(Math.SQRT2, 9);
  });
});
