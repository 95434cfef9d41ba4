import { describe, expect, it } from 'vitest';
import type { FinishedRun } from '../run/finished-run.ts';
import type { Contrast, Preset } from './deck.ts';
import { conclusionOf, differenceOf, type PresetResults, resultTable } from './report.ts';

type Network = FinishedRun['networks'][number];
type Cohort = NonNullable<FinishedRun['cohort']>;

const network = (index: number, testAccuracy: number, testEntropy = 0.5): Network => ({
  index,
  selectedEpoch: 1,
  trainAccuracy: 1,
  trainLoss: 0,
  validationAccuracy: null,
  validationLoss: null,
  testAccuracy,
  testLoss: 1,
  measurements: [{ measure: 'entropy', split: 'TEST', value: testEntropy }],
});
const cohort = (ensembleTestAccuracy: number): Cohort => ({
  ensembleValidationAccuracy: null,
  ensembleValidationLoss: null,
  ensembleTestAccuracy,
  ensembleTestLoss: 1,
  measurements: [{ measure: 'disagreement', split: 'TEST', value: 0 }],
});
const pair = (first: number, second: number, ensemble: number): FinishedRun => ({
  networks: [network(0, first), network(1, second, 0.25)],
  cohort: cohort(ensemble),
});

const results: PresetResults = new Map([
  ['alone', new Map([1, 2, 3].map((seed) => [seed, { networks: [network(0, 0.5 + seed / 100)], cohort: null }]))],
  [
    'together',
    new Map([
      [1, pair(0.53, 0.6, 0.7)],
      [2, pair(0.52, 0.6, 0.72)],
      [4, pair(0.9, 0.6, 0.74)],
    ]),
  ],
]);
const groups = ['alone', 'together'].map((key) => ({ key, title: key, spec: {}, seeds: [1, 2, 3] }));
const preset: Preset = { scale: 'TINY', dataset: 'd', duration: 'a minute', groups, contrasts: [] };
const contrast = (network: number | null, metric: string): Contrast => ({
  of: { group: 'together', network, name: 'Together' },
  against: { group: 'alone', network: 0, name: 'alone' },
  metric,
  expected: 'MORE',
});

describe('what a preset’s runs came to', () => {
  it('is a row per network and ensemble, mean ± sd over seeds; columns that hold nothing are left out', () => {
    expect(resultTable(preset, results).split('\n')).toEqual([
      'group     member     test %       seeds',
      'alone     network 0  52.0 ± 1.0   3',
      'together  network 0  65.0 ± 21.7  3',
      'together  network 1  60.0 ± 0.0   3',
      'together  ensemble   72.0 ± 2.0   3',
    ]);
  });

  it('is compared seed by seed, over those that both sides have', () => {
    // Seeds 1 and 2: 0.53 − 0.51 and 0.52 − 0.52; sd of 2 and 0 points is √2.
    expect(differenceOf(contrast(0, 'TEST_ACCURACY'), results)).toBe(
      'Together against alone: +1.0 ± 1.4 points of test accuracy, mean ± sd over 2 seeds (+2.0, +0.0)',
    );
    expect(differenceOf(contrast(1, 'TEST_ENTROPY'), results)).toBe(
      'Together against alone: −0.250 ± 0.000 nats of test entropy, mean ± sd over 2 seeds (−0.250, −0.250)',
    );
  });

  it('is judged as the deck judges it: a difference within its interval decides nothing', () => {
    // Differences 2 and 0 points: mean 1, sd √2, half-width 12.7062 · √2 / √2.
    expect(conclusionOf(contrast(0, 'TEST_ACCURACY'), preset, results)).toBe(
      'Together gained 1.0 ± 12.7 points of test accuracy over alone (2 seeds, paired, 95 %): undecided, the interval includes 0.',
    );
    expect(conclusionOf(contrast(1, 'TEST_ENTROPY'), preset, results)).toMatch(/0\.250 ± 0\.000 nats less .*: disagrees with the slide\.$/);
    expect(conclusionOf(contrast(null, 'TEST_ENTROPY'), preset, results)).toMatch(/: not known yet, 0 of 3 seeds done on both sides/);
  });

  it('is not made up where one side was not measured', () => {
    expect(differenceOf(contrast(null, 'TEST_ENTROPY'), results)).toBe('Together against alone: no seed on both sides');
    expect(() => differenceOf(contrast(0, 'SPEED'), results)).toThrow('a metric SPEED that is not known here');
  });
});
