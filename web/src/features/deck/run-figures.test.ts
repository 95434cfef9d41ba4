import { describe, expect, it } from 'vitest';
import { withRunFigures } from './run-figures.ts';

type Group = Parameters<typeof withRunFigures>[0];

const run = (seed: number, testAccuracy: number, correctedAccuracy: number | null): Group['runs'][number] => ({
  id: `run_${seed}`,
  seed,
  state: 'SUCCEEDED',
  counts: true,
  reason: null,
  cohort: { ensembleValidationAccuracy: 0.9, ensembleTestAccuracy: 0.8 },
  networks: [{ id: `network_${seed}`, index: 0, result: { validationAccuracy: 0.7, testAccuracy, correctedAccuracy } }],
});
const row = (network: number | null, runIds: string[]): Group['results'][number] => ({
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
});

describe('figures of a row of results', () => {
  it('are made of the runs that the row names, of its network', () => {
    const group = { runs: [run(1, 0.6, 0.5), run(2, 0.5, 0.7), run(3, 0, 0)], results: [row(0, ['run_1', 'run_2'])] };
    const [result] = withRunFigures(group).results;
    expect(result?.seeds).toEqual([
      { seed: 1, validationAccuracy: 0.7, testAccuracy: 0.6 },
      { seed: 2, validationAccuracy: 0.7, testAccuracy: 0.5 },
    ]);
    expect(result?.correctedAccuracy?.mean).toBeCloseTo(0.6);
    expect(result?.correctedAccuracy?.sd).toBeCloseTo(Math.SQRT1_2 * 0.2);
    expect(result?.correctedAccuracy?.n).toBe(2);
  });

  it('are the ensemble’s own where it is the ensemble’s row', () => {
    const [result] = withRunFigures({ runs: [run(1, 0.6, null)], results: [row(null, ['run_1'])] }).results;
    expect(result).toMatchObject({ correctedAccuracy: null, seeds: [{ seed: 1, validationAccuracy: 0.9, testAccuracy: 0.8 }] });
  });

  it('are absent without runs, and a network of which nothing was reported has none', () => {
    expect(withRunFigures({ runs: [], results: [row(0, [])] }).results[0]).toMatchObject({ correctedAccuracy: null, seeds: [] });
    const [unreported] = withRunFigures({ runs: [run(1, 0.6, 0.5)], results: [row(7, ['run_1'])] }).results;
    expect(unreported).toMatchObject({ correctedAccuracy: null, seeds: [{ seed: 1, validationAccuracy: null, testAccuracy: null }] });
  });
});
