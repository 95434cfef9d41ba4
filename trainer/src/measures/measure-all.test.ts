import type { Measure } from '@studyhall/contract/measures/measure.ts';
import { registerMeasure } from '@studyhall/contract/measures/registry.ts';
import { afterEach, describe, expect, it } from 'vitest';
import type { Preset } from '../commands/preset/deck.ts';
import { resultTable } from '../commands/preset/report.ts';
import { scoreCohort } from '../training/scores.ts';
import type { Evaluated } from './evaluated.ts';
import { measureAll, registerEvaluator } from './measure-all.ts';

const part = (logits: number[][], labels: number[]) => {
  const own = logits.map((values) => Float32Array.from(values));
  return { logits: own, labels: Int32Array.from(labels), scores: scoreCohort(own, Int32Array.from(labels)) };
};

/** Two networks, two classes: they differ on one validation sample of two, on no test sample. */
const of: Evaluated = {
  parts: {
    VALIDATION: part(
      [
        [4, 0, 4, 0],
        [4, 0, 0, 4],
      ],
      [0, 1],
    ),
    TEST: part(
      [
        [0, 3, 0, 3],
        [0, 3, 0, 3],
      ],
      [1, 0],
    ),
  },
  classes: 2,
  withheld: [0],
  sawAll: false,
};
const margin: Measure = {
  name: 'margin',
  scopes: ['NETWORK'],
  splits: ['VALIDATION', 'TEST'],
  unit: 'LOGIT',
  bounds: { min: 0, max: 1000 },
  better: 'MORE',
  label: 'Margin',
  shortLabel: 'Margin',
  format: 'NUMBER',
  shownOn: 'TEST',
  sentence: 'Difference of the first sample’s logits.',
};
const marginOf = ({ parts }: Evaluated, split: 'TRAIN' | 'VALIDATION' | 'TEST', place: number) => {
  const [first = 0, second = 0] = parts[split]?.logits[place] ?? [];
  return Math.abs(first - second);
};

describe('what is measured', () => {
  const undo: (() => void)[] = [];
  afterEach(() => {
    for (const each of undo.splice(0)) each();
  });
  const said = (measurements: readonly { measure: string; split: string; value: number }[]) =>
    measurements.map(({ measure, split, value }) => `${measure} ${split} ${Number(value.toFixed(3))}`);

  it('is every measure on every split that was evaluated, of each network and of the cohort', () => {
    const { networks, cohort } = measureAll(of, 'end');
    // One sample is won where the other is lost: no bias does better than none.
    expect(said(networks[0] ?? [])).toEqual([
      'entropy VALIDATION 0.09',
      'entropy TEST 0.191',
      'withheldAccuracy TEST 0',
      'biasCorrection VALIDATION 0',
      'correctedAccuracy TEST 0.5',
      'correctedWithheldAccuracy TEST 0',
    ]);
    expect(said(cohort)).toEqual([
      expect.stringMatching(/^entropy VALIDATION /),
      'entropy TEST 0.191',
      'disagreement VALIDATION 0.5',
      'disagreement TEST 0',
    ]);
  });

  it('is after an epoch only what is cheap, on what was evaluated then', () => {
    const { networks, cohort } = measureAll({ ...of, parts: { VALIDATION: of.parts.VALIDATION ?? null } }, 'epoch');
    expect(said(networks[1] ?? [])).toEqual(['entropy VALIDATION 0.09']);
    expect(cohort.map(({ measure }) => measure)).toEqual(['entropy', 'disagreement']);
    expect(measureAll({ ...of, parts: { VALIDATION: null } }, 'epoch')).toEqual({ networks: [], cohort: [], leftOut: [] });
  });

  it('is nothing of withheld classes where none were', () => {
    const { networks } = measureAll({ ...of, withheld: [] }, 'end');
    expect(networks[0]?.map(({ measure }) => measure)).toEqual(['entropy', 'entropy']);
  });

  it('is left out, and named, where it is no value of its measure: one figure must not lose a run', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      undo.push(registerMeasure({ ...margin, splits: ['TEST'] }), registerEvaluator('margin', { network: () => value }));
      const { networks, leftOut } = measureAll(of, 'end');
      expect(networks[0]?.map(({ measure }) => measure)).not.toContain('margin');
      const text = `margin of a network on TEST is left out: value of margin is ${value}; it has to be from 0 to 1,000.`;
      expect(leftOut).toEqual([text, text]);
      for (const each of undo.splice(0)) each();
    }
  });

  it('is a new measure, too, once it has an entry and a function: the report’s table shows it', () => {
    undo.push(registerMeasure(margin), registerEvaluator('margin', { network: marginOf }));
    const { networks } = measureAll(of, 'end');
    expect(said(networks[1] ?? []).slice(-2)).toEqual(['margin VALIDATION 4', 'margin TEST 3']);
    const result = { index: 0, selectedEpoch: 1, trainAccuracy: 1, trainLoss: 0, validationAccuracy: null, validationLoss: null };
    const run = (value: number) => ({
      networks: [{ ...result, testAccuracy: 0.5, testLoss: 1, measurements: [{ measure: 'margin', split: 'TEST' as const, value }] }],
      cohort: null,
    });
    const preset: Preset = {
      scale: 'TINY',
      dataset: 'd',
      duration: 'a minute',
      groups: [{ key: 'alone', title: 'alone', spec: {}, seeds: [1, 2] }],
      contrasts: [],
    };
    const results = new Map([
      [
        'alone',
        new Map([
          [1, run(1)],
          [2, run(2)],
        ]),
      ],
    ]);
    expect(resultTable(preset, results).split('\n')).toEqual([
      'group  member     test %      margin, logit  seeds',
      'alone  network 0  50.0 ± 0.0  1.500 ± 0.707  2',
    ]);
  });
});
