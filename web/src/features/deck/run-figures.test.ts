import { describe, expect, it } from 'vitest';
import { withRunFigures } from './run-figures.ts';

type Group = Parameters<typeof withRunFigures>[0];

const run = (seed: number, entropy: number, withheld: number | null): Group['runs'][number] => ({
  id: `run_${seed}`,
  seed,
  state: 'SUCCEEDED',
  reason: null,
  epochs: 1,
  epochsDone: 1,
  progress: null,
  cohort: { ensembleValidationAccuracy: 0.9, ensembleTestAccuracy: 0.8, ensembleValidationEntropy: 2 * entropy },
  networks: [
    {
      id: `network_${seed}`,
      index: 0,
      result: {
        validationAccuracy: 0.7,
        testAccuracy: 0.6,
        validationEntropy: entropy,
        withheldAccuracy: withheld,
        biasCorrection: withheld === null ? null : 2.5,
        correctedAccuracy: withheld === null ? null : 0.65,
        correctedWithheldAccuracy: withheld === null ? null : 0.5,
      },
    },
  ],
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
});

describe('figures of a row of results', () => {
  it('are made of the runs that the row names, of its network', () => {
    const group = { runs: [run(1, 1, null), run(2, 3, null), run(3, 100, null)], results: [row(0, ['run_1', 'run_2'])] };
    const [result] = withRunFigures(group).results;
    expect(result?.entropy).toEqual({ mean: 2, sd: Math.SQRT2, n: 2 });
    expect(result?.seeds).toEqual([
      { seed: 1, validationAccuracy: 0.7, testAccuracy: 0.6 },
      { seed: 2, validationAccuracy: 0.7, testAccuracy: 0.6 },
    ]);
    expect(result?.withheld).toBeNull();
  });

  it('are the ensemble’s own where it is the ensemble’s row', () => {
    const [result] = withRunFigures({ runs: [run(1, 1, null)], results: [row(null, ['run_1'])] }).results;
    expect(result?.entropy?.mean).toBe(2);
    expect(result?.seeds).toEqual([{ seed: 1, validationAccuracy: 0.9, testAccuracy: 0.8 }]);
  });

  it('hold what came of a class left out', () => {
    const [result] = withRunFigures({ runs: [run(1, 1, 0.1)], results: [row(0, ['run_1'])] }).results;
    expect(result?.withheld).toEqual({
      accuracy: { mean: 0.1, sd: null, n: 1 },
      corrected: { mean: 0.5, sd: null, n: 1 },
      all: { mean: 0.65, sd: null, n: 1 },
      bias: { mean: 2.5, sd: null, n: 1 },
    });
  });

  it('are absent without runs', () => {
    expect(withRunFigures({ runs: [], results: [row(0, [])] }).results[0]).toMatchObject({ entropy: null, withheld: null, seeds: [] });
  });
});
