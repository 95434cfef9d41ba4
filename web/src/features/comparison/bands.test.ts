import { describe, expect, it } from 'vitest';
import { membersIn } from '@/lib/runs/members.ts';
import { type CurvesRun, groupBands } from './bands.ts';

const run = (groupKey: string, seed: number, accuracies: number[], counts = true): CurvesRun => ({
  id: `run_${groupKey}${seed}`,
  label: groupKey,
  method: groupKey === 'a' ? 'MUTUAL' : 'INDEPENDENT',
  groupKey,
  seed,
  revision: 1,
  state: 'SUCCEEDED',
  counts,
  epochs: 3,
  metrics: {
    revision: 1,
    epochs: accuracies.map((validationAccuracy, index) => ({ network: 0, epoch: index + 1, validationAccuracy })),
    cohort: [],
  },
});

describe('bands over seeds', () => {
  it('draws the mean and ± sd of the seeds that have reached an epoch', () => {
    const [series] = groupBands([run('a', 1, [0.5, 0.6]), run('a', 2, [0.7])], 0);
    expect(series?.name).toBe('a (n = 2)');
    expect(series?.points.map(([epoch]) => epoch)).toEqual([1, 2]);
    expect(series?.points[0]?.[1]).toBeCloseTo(0.6);
    expect(series?.band).toHaveLength(1);
    expect(series?.band?.[0]?.[2]).toBeCloseTo(0.6 + Math.SQRT1_2 * 0.2);
  });

  it('draws of a seed that was run again the run that counts, whole: not the one that failed early', () => {
    const repeated = [run('a', 1, [0.1], false), run('a', 2, [0.7, 0.8]), run('a', 1, [0.5, 0.6])];
    expect(groupBands(repeated, 0)[0]?.points).toEqual([
      [1, 0.6],
      [2, 0.7],
    ]);
  });

  it('draws nothing of a seed whose runs have all failed', () => {
    const [series] = groupBands([run('a', 1, [0.5]), run('a', 2, [0.1], false)], 0);
    expect(series).toMatchObject({ name: 'a (n = 1)', points: [[1, 0.5]] });
  });

  it('does not claim a number of seeds that it has not seen all runs of', () => {
    expect(groupBands([run('a', 1, [0.5])], 0, false)[0]?.name).toBe('a (n ≥ 1)');
  });

  it('draws a method in the same colour, whichever groups are beside it', () => {
    const [alone] = groupBands([run('a', 1, [0.5])], 0);
    const [, beside] = groupBands([run('b', 1, [0.5]), run('a', 1, [0.5])], 0);
    expect(beside?.colour).toBe(alone?.colour);
  });

  it('knows what there is to compare', () => {
    expect(membersIn([run('a', 1, [0.5])])).toEqual([0]);
  });
});
