import { readSpec } from '@studyhall/contract/spec/read-spec.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { describe, expect, it } from 'vitest';
import { labelOf } from './label.ts';

function label(changes: object = {}): string {
  const base = { dataset: 'shapes-16', networks: [{ model: 'cnn' }], method: { independent: {} } };
  const { spec, problems } = readSpec({ ...base, ...changes });
  expect(problems).toEqual([]);
  return labelOf(spec as RunSpec);
}

describe('a run’s label', () => {
  it('is the method and its cohort where all else is as usual', () => {
    expect(label()).toBe('Independent · cnn');
    expect(label({ training: { optimizer: { sgd: { momentum: 0, nesterov: false } }, gradientClipping: 5 } })).toBe('Independent · cnn');
  });

  it('says which networks have dropout', () => {
    const networks = [{ model: 'cnn', dropout: 0.5 }, { model: 'cnn' }, { model: 'cnn', dropout: 0.5 }];
    expect(label({ networks })).toBe('Independent · cnn (dropout 0.5) ×2 + cnn');
  });

  it('stays short: of many networks the first few, of long numbers three figures', () => {
    const networks = [1, 2, 3, 4, 5, 6, 6, 6].map((k) => ({ model: `mlp-${1000 + k}`, dropout: 1 / 3 }));
    const named = [1, 2, 3, 4].map((k) => `mlp-${1000 + k} (dropout 0.333)`).join(' + ');
    expect(label({ networks })).toBe(`Independent · ${named} + 4 more`);
    expect(label({ networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: { temperature: 10 / 3 } } })).toBe(
      'DML · cnn ×2 · T 3.33',
    );
  });

  it('says how many images and labels are used, and which classes are not', () => {
    expect(label({ data: { trainSamples: 1000, labelledFraction: 0.125 } })).toBe('Independent · cnn · 1,000 images · 12.5 % labelled');
    expect(label({ data: { withheldClasses: [3] } })).toBe('Independent · cnn · without class 3');
    expect(label({ data: { withheldClasses: [3, 5, 7, 9] } })).toBe('Independent · cnn · without classes 3, 5, 7 …');
  });

  it('names the optimizer if it is not SGD, and label smoothing', () => {
    expect(label({ training: { optimizer: { adam: {} } } })).toBe('Independent · cnn · Adam');
    expect(label({ training: { optimizer: { adamw: { weightDecay: 0.1 } }, labelSmoothing: 0.1 } })).toBe(
      'Independent · cnn · AdamW · smoothed 0.1',
    );
  });
});
