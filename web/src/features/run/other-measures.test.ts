import { describe, expect, it } from 'vitest';
import { otherMeasures } from './other-measures.ts';

const one = (name: string, value: number, pair: number[] | null = null) => ({
  measure: { name, shortLabel: name, sentence: '', unit: 'NUMBER', format: 'NUMBER' } as const,
  split: 'TEST' as const,
  value,
  pair,
});

describe('what else was measured of a run', () => {
  it('is a column per measure that the page shows nowhere else, a row per network, cohort and pair that has one', () => {
    const { columns, rows } = otherMeasures([
      { key: 'n0', name: '0', measurements: [one('accuracy', 0.5), one('margin', 2), one('sharpness', 7)] },
      { key: 'n1', name: '1', measurements: [one('entropy', 0.5), one('margin', 3)] },
      { key: 'n2', name: '2', measurements: [one('loss', 1)] },
      { key: 'cohort', name: 'cohort', measurements: [one('disagreement', 0.1), one('disagreement', 0.2, [0, 1])] },
    ]);
    expect(columns.map(({ key }) => key)).toEqual(['margin TEST', 'sharpness TEST', 'disagreement TEST']);
    expect(rows.map(({ name, values }) => [name, values])).toEqual([
      ['0', [2, 7, null]],
      ['1', [3, null, null]],
      ['networks 0 and 1', [null, null, 0.2]],
    ]);
  });

  it('is nothing, as a rule', () => {
    expect(otherMeasures([{ key: 'n0', name: '0', measurements: [one('accuracy', 0.5)] }])).toEqual({ columns: [], rows: [] });
  });
});
