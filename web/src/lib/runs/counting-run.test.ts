import { describe, expect, it } from 'vitest';
import type { RunState } from '@/generated/graphql.ts';
import { countingRun, countingRuns } from './counting-run.ts';

const run = (id: string, state: RunState, seed = 1) => ({ id, seed, state });
const idOf = (...runs: ReturnType<typeof run>[]) => countingRun(runs)?.id;

describe('the run of a seed that counts', () => {
  it('is the latest that succeeded, whatever was scheduled after it', () => {
    expect(idOf(run('a', 'SUCCEEDED'), run('b', 'SUCCEEDED'), run('c', 'RUNNING'), run('d', 'FAILED'))).toBe('b');
  });

  it('is, while none has succeeded, the latest that runs, before those that wait', () => {
    expect(idOf(run('a', 'FAILED'), run('b', 'RUNNING'), run('c', 'RUNNING'), run('d', 'QUEUED'))).toBe('c');
    expect(idOf(run('a', 'QUEUED'), run('b', 'BLOCKED'), run('c', 'CANCELLED'))).toBe('b');
  });

  it('is none once all have failed or were cancelled', () => {
    expect(idOf(run('a', 'FAILED'), run('b', 'CANCELLED'))).toBeUndefined();
  });

  it('is one per seed, in the order in which the seeds first come', () => {
    const runs = [run('a', 'FAILED', 2), run('b', 'SUCCEEDED', 1), run('c', 'SUCCEEDED', 2), run('d', 'FAILED', 3)];
    expect(countingRuns(runs).map(({ id }) => id)).toEqual(['c', 'b']);
  });
});
