import { describe, expect, it } from 'vitest';
import { verdictsOf } from './verdict.ts';

const row = { networkIndex: 0, role: 'PEER' as const, models: ['cnn'], validationGain: null, testGain: null };

describe('a group’s verdict', () => {
  it('names network, split, seeds and interval, and whether that leaves out zero', () => {
    const validationGain = { mean: 0.012, sd: 0.01, n: 6, interval: 0.0105 };
    const testGain = { mean: -0.004, sd: 0.01, n: 3, interval: 0.0248 };
    expect(verdictsOf([{ ...row, validationGain, testGain }]).map(({ sentence }) => sentence)).toEqual([
      'Network 0 (cnn) gained 1.20 ± 1.05 points of validation accuracy over its independent twin (6 seeds, paired, 95\u00a0%): told from noise.',
      'Network 0 (cnn) lost 0.40 ± 2.48 points of test accuracy against its independent twin (3 seeds, paired, 95\u00a0%): undecided, the interval includes 0.',
    ]);
  });

  it('says of one seed that it says nothing, and nothing where there is no twin', () => {
    const ensemble = {
      ...row,
      networkIndex: null,
      role: null,
      models: ['cnn', 'cnn'],
      validationGain: { mean: 0.01, sd: null, n: 1, interval: null },
    };
    expect(verdictsOf([ensemble, row])).toEqual([
      {
        key: 'The ensemble validation',
        sentence:
          'The ensemble gained 1.00 points of validation accuracy over its independent twin at one seed, which says nothing about noise.',
        resolved: false,
      },
    ]);
  });
});
