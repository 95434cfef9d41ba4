import { describe, expect, it } from 'vitest';
import { outOfRange } from './range.ts';
import { written } from './written.ts';

describe('a number in a message', () => {
  it('has commas between its thousands where it is whole, and only there', () => {
    expect([0, 999, 1000, 45_000, -1_000_000, 2 ** 31 - 1].map(written)).toEqual([
      '0',
      '999',
      '1,000',
      '45,000',
      '-1,000,000',
      '2,147,483,647',
    ]);
    expect([0.05, 1234.5678, 1e-8, 1e21].map(written)).toEqual(['0.05', '1234.5678', '1e-8', '1e+21']);
  });

  it('is written so on both sides of a refusal', () => {
    expect(outOfRange(250_000, { min: 1, max: 100_000, unit: 'images' })).toBe(
      'is 250,000; it has to be at least 1 and at most 100,000 images.',
    );
  });
});
