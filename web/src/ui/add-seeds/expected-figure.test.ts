import { describe, expect, it } from 'vitest';
import { type Expected, expectedText } from './expected-figure.ts';

const gain = (changes: Partial<Expected> = {}): Expected => ({
  of: 'DML',
  metric: 'VALIDATION_ACCURACY',
  difference: true,
  now: { mean: 0.01, sd: 0.008, n: 3, interval: 0.0199 },
  n: 6,
  interval: 0.0084,
  ...changes,
});

describe('what more seeds may tell', () => {
  it('is the present mean beside the interval to expect, and whether that leaves out zero', () => {
    expect(expectedText(gain())).toEqual({
      now: '+1.00 ± 1.99, n = 3',
      later: '± 0.84, n = 6',
      verdict: 'told from noise, if the mean stays',
    });
    expect(expectedText(gain({ interval: 0.015 })).verdict).toBe('still within noise, if the mean stays');
    expect(expectedText(gain({ now: { mean: 0.05, sd: 0.008, n: 3, interval: 0.0199 } })).verdict).toBe('told from noise already');
  });

  it('is not known from one seed, or none', () => {
    const one = gain({ now: { mean: 0.01, sd: null, n: 1, interval: null }, interval: null });
    expect(expectedText(one)).toEqual({ now: '+1.00, n = 1', later: 'not known yet, n = 6', verdict: null });
    expect(expectedText(gain({ now: null, interval: null }))).toEqual({
      now: 'not known yet',
      later: 'not known yet, n = 6',
      verdict: null,
    });
  });

  it('is written in nats where it is an entropy, and without a verdict where it is no difference', () => {
    const entropy = gain({ metric: 'TEST_ENTROPY', difference: false, now: { mean: 1.234, sd: 0.1, n: 3, interval: 0.25 }, interval: 0.1 });
    expect(expectedText(entropy)).toEqual({ now: '1.2 ± 0.25, n = 3', later: '± 0.10, n = 6', verdict: null });
  });
});
