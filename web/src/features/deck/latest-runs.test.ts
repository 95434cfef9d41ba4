import { describe, expect, it } from 'vitest';
import { latestRuns } from './latest-runs.ts';

const run = (id: string, seed: number, state: 'SUCCEEDED' | 'FAILED' | 'RUNNING') => ({ id, seed, state });

describe('the runs of a group that count', () => {
  it('takes one per seed of the preset, in its order, and leaves other seeds out', () => {
    const runs = [run('a', 9, 'SUCCEEDED'), run('b', 2, 'SUCCEEDED'), run('c', 1, 'RUNNING')];
    expect(latestRuns({ seeds: [1, 2, 3], runs }).map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('prefers success, then what is on its way, to a failure', () => {
    const runs = [run('failed', 1, 'FAILED'), run('again', 1, 'RUNNING')];
    expect(latestRuns({ seeds: [1], runs })[0]?.id).toBe('again');
    expect(latestRuns({ seeds: [1], runs: [run('done', 1, 'SUCCEEDED'), ...runs] })[0]?.id).toBe('done');
    expect(latestRuns({ seeds: [1], runs: [run('failed', 1, 'FAILED')] })[0]?.id).toBe('failed');
  });
});
