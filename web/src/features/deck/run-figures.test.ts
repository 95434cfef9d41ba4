import { describe, expect, it } from 'vitest';
import { withRunFigures } from './run-figures.ts';

type Group = Parameters<typeof withRunFigures>[0];

const run = (seed: number, testAccuracy: number): Group['runs'][number] => ({
  id: `run_${seed}`,
  seed,
  state: 'SUCCEEDED',
  counts: true,
  reason: null,
  cohort: { ensembleValidationAccuracy: 0.9, ensembleTestAccuracy: 0.8 },
  networks: [{ id: `network_${seed}`, index: 0, result: { validationAccuracy: 0.7, testAccuracy } }],
});
const row = (
  network: number | null,
  runIds: string[],
  measurements: Group['results'][number]['measurements'] = [],
): Group['results'][number] => ({
  id: `${network}`,
  network,
  label: '',
  model: 'cnn',
  role: null,
  runIds,
  trainAccuracy: null,
  validationAccuracy: null,
  testAccuracy: null,
  validationGain: null,
  testGain: null,
  entropy: null,
  testEntropy: null,
  withheldAccuracy: null,
  correctedWithheldAccuracy: null,
  biasCorrection: null,
  measurements,
});
const corrected = (split: 'VALIDATION' | 'TEST', mean: number) => ({
  measure: { name: 'correctedAccuracy', shortLabel: '', sentence: '', unit: 'FRACTION', format: 'PERCENT', shownOn: null } as const,
  split,
  statistic: { mean, sd: 0.1, n: 2 },
});

describe('figures of a row of results', () => {
  it('are made of the runs that the row names, of its network', () => {
    const group = {
      runs: [run(1, 0.6), run(2, 0.5), run(3, 0)],
      results: [row(0, ['run_1', 'run_2'], [corrected('VALIDATION', 0), corrected('TEST', 0.6)])],
    };
    const [result] = withRunFigures(group).results;
    expect(result?.seeds).toEqual([
      { seed: 1, validationAccuracy: 0.7, testAccuracy: 0.6 },
      { seed: 2, validationAccuracy: 0.7, testAccuracy: 0.5 },
    ]);
    expect(result?.correctedAccuracy).toEqual({ mean: 0.6, sd: 0.1, n: 2 });
  });

  it('are the ensemble’s own where it is the ensemble’s row', () => {
    const [result] = withRunFigures({ runs: [run(1, 0.6)], results: [row(null, ['run_1'])] }).results;
    expect(result).toMatchObject({ correctedAccuracy: null, seeds: [{ seed: 1, validationAccuracy: 0.9, testAccuracy: 0.8 }] });
  });

  it('are absent without runs, and a network of which nothing was reported has none', () => {
    expect(withRunFigures({ runs: [], results: [row(0, [])] }).results[0]).toMatchObject({ correctedAccuracy: null, seeds: [] });
    const [unreported] = withRunFigures({ runs: [run(1, 0.6)], results: [row(7, ['run_1'])] }).results;
    expect(unreported).toMatchObject({ correctedAccuracy: null, seeds: [{ seed: 1, validationAccuracy: null, testAccuracy: null }] });
  });
});
