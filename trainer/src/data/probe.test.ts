import { describe, expect, it } from 'vitest';
import { probeOf } from './probe.ts';

const train = Int32Array.from({ length: 600 }, (_, k) => 3 * k);

describe('the probe', () => {
  it('is 256 different training images, the same for everyone who names the split', () => {
    const probe = probeOf(train, 5);
    expect(new Set(probe).size).toBe(256);
    expect([...probe].every((index) => train.includes(index))).toBe(true);
    expect(probeOf(train, 5)).toEqual(probe);
    expect(probeOf(train, 6)).not.toEqual(probe);
    expect([...train]).toEqual([...train].sort((a, b) => a - b));
  });

  it('is all of them where there are fewer', () => {
    expect([...probeOf(train.subarray(0, 40), 5)].sort((a, b) => a - b)).toEqual([...train.subarray(0, 40)]);
  });
});
