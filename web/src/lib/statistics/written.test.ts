import { describe, expect, it } from 'vitest';
import { accuracyText, gainText, numberText } from './written.ts';

describe('a statistic in writing', () => {
  it('has its sd over seeds beside it, where there are several', () => {
    expect(accuracyText({ mean: 0.7123, sd: 0.012, n: 3 })).toEqual({ value: '71.23', spread: '1.20', quiet: false });
    expect(accuracyText({ mean: 0.7123, sd: null, n: 1 })).toEqual({ value: '71.23', spread: null, quiet: false });
    expect(numberText({ mean: 0.4567, sd: 0.0123, n: 3 })).toEqual({ value: '0.457', spread: '0.012', quiet: false });
  });

  it('is, of a gain, its 95 % interval, and quiet unless that leaves out zero', () => {
    // Two seeds: t = 12.706 with one degree of freedom, so ± 12.706 · 0.01 / √2 = 0.0898.
    expect(gainText({ mean: 0.1, sd: 0.01, n: 2, interval: 0.0898 })).toEqual({ value: '+10.00', spread: '8.98', quiet: false });
    expect(gainText({ mean: 0.05, sd: 0.01, n: 2, interval: 0.0898 })).toEqual({ value: '+5.00', spread: '8.98', quiet: true });
    expect(gainText({ mean: 0.05, sd: null, n: 1, interval: null })).toEqual({ value: '+5.00', spread: null, quiet: true });
  });

  it('is a quiet dash while it is absent', () => {
    for (const text of [accuracyText, numberText, gainText]) expect(text(null)).toEqual({ value: '–', spread: null, quiet: true });
  });
});
