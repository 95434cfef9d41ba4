import { describe, expect, it } from 'vitest';
import { entries } from './entries.ts';
import type { Measure } from './measure.ts';
import { findFault, measureNamed, measures, registerMeasure } from './registry.ts';

const margin: Measure = {
  name: 'margin',
  scopes: ['NETWORK'],
  splits: ['TEST'],
  unit: 'LOGIT',
  bounds: { min: -10, max: 10 },
  better: 'MORE',
  label: 'Margin',
  shortLabel: 'Margin',
  format: 'NUMBER',
  sentence: 'Mean distance of the two largest logits.',
};

describe('the registry of measures', () => {
  it('names each once, in a sentence that ends', () => {
    expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
    for (const { sentence, label } of entries) expect(`${label}: ${sentence}`).toMatch(/^[A-Z].*: [A-Z].*[^.]\.$/);
  });

  it('takes a new one, and lets it go again', () => {
    const forget = registerMeasure(margin);
    expect(measures().at(-1)).toBe(margin);
    expect(() => registerMeasure(margin)).toThrow('There is a measure margin already.');
    forget();
    expect(measureNamed('margin')).toBeUndefined();
  });

  it('takes none that could not be bounded or named', () => {
    expect(() => registerMeasure({ ...margin, bounds: { min: 0, max: Number.POSITIVE_INFINITY } })).toThrow(/finite/);
    expect(() => registerMeasure({ ...margin, bounds: { min: 1, max: 0 } })).toThrow(/in order/);
    expect(() => registerMeasure({ ...margin, name: 'a b' })).toThrow(/not a valid name/);
    expect(() => registerMeasure({ ...margin, scopes: [] })).toThrow(/a scope/);
  });

  it('says what is wrong with a reported value', () => {
    const entropy = (value: number) => findFault({ measure: 'entropy', split: 'TEST' }, 'NETWORK', value);
    expect([0, 2.3, 100].map(entropy)).toEqual([undefined, undefined, undefined]);
    for (const value of [-5, 1e200, Number.NaN, Number.POSITIVE_INFINITY]) expect(entropy(value)).toMatch(/it has to be from 0 to 100/);
    expect(findFault({ measure: 'entorpy', split: 'TEST' }, 'NETWORK', 1)).toMatch(
      /"entorpy" is not known; there are entropy, disagreement/,
    );
    expect(findFault({ measure: 'disagreement', split: 'TEST' }, 'NETWORK', 1)).toBe(
      'measure disagreement is not of a network; it is of a cohort or pair.',
    );
    expect(findFault({ measure: 'disagreement', split: 'TRAIN' }, 'COHORT', 1)).toBe(
      'measure disagreement is not measured on TRAIN; it is on VALIDATION, TEST.',
    );
    expect(findFault({ measure: 'accuracy', split: 'TEST' }, 'NETWORK', 1)).toMatch(/fields of its own/);
  });
});
