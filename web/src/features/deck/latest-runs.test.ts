import { describe, expect, it } from 'vitest';
import { latestRuns } from './latest-runs.ts';

const run = (id: string, seed: number, counts: boolean) => ({ id, seed, counts });

describe('the runs of a group that count', () => {
  it('takes one per seed of the preset, in its order, and leaves other seeds out', () => {
    const runs = [run('a', 9, true), run('b', 2, true), run('c', 1, true)];
    expect(latestRuns({ seeds: [1, 2, 3], runs }).map(({ id }) => id)).toEqual(['c', 'b']);
  });

  it('takes the run that counts, and where none does the last that ended otherwise', () => {
    expect(latestRuns({ seeds: [1], runs: [run('done', 1, true), run('failed', 1, false)] })[0]?.id).toBe('done');
    expect(latestRuns({ seeds: [1], runs: [run('failed', 1, false), run('again', 1, true)] })[0]?.id).toBe('again');
    expect(latestRuns({ seeds: [1], runs: [run('failed', 1, false), run('cancelled', 1, false)] })[0]?.id).toBe('cancelled');
  });
});
