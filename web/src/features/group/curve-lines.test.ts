import { describe, expect, it } from 'vitest';
import { membersIn } from '@/lib/runs/members.ts';
import { type CurvesRun, curveLines } from './curve-lines.ts';

const run = (seed: number, accuracies: number[], counts = true): CurvesRun => ({
  id: `run_${seed}${counts}`,
  seed,
  counts,
  epochs: 2,
  metrics: {
    revision: 1,
    epochs: accuracies.map((validationAccuracy, index) => ({ network: 0, epoch: index + 1, validationAccuracy })),
    cohort: [{ epoch: 1, ensembleValidationAccuracy: 0.9 }],
  },
});

describe('the curves of a group', () => {
  it('are a line per seed that counts, their mean, and the twin’s', () => {
    const lines = curveLines('MUTUAL', [run(1, [0.5, 0.6]), run(2, [0.7]), run(2, [0.1], false)], [run(1, [0.4])], 0);
    expect(lines.map(({ name }) => name)).toEqual(['seed 1', 'seed 2', 'mean of 2 seeds', 'independent twin, mean of 1 seed']);
    expect(lines[2]?.points[0]?.[1]).toBeCloseTo(0.6);
    expect(lines[2]?.band).toHaveLength(1);
    expect(lines.map(({ colour }) => colour)).toEqual(['--mutual', '--mutual', '--mutual', '--independent']);
  });

  it('know which members there are, and leave out what has no rows', () => {
    expect(membersIn([run(1, [0.5])])).toEqual([0, 'ensemble']);
    expect(curveLines('MUTUAL', [run(1, [])], [], 0)).toEqual([]);
  });
});
