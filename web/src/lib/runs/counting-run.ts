import type { RunState } from '@/generated/graphql.ts';

type Run = { seed: number; state: RunState };

/**
 * Which of one seed's runs, in the order they were scheduled, counts: the latest that succeeded, else the latest that runs, else the
 * latest that waits; none once all have failed or were cancelled.
 */
export function countingRun<Each extends Run>(ofSeed: readonly Each[]): Each | undefined {
  const latest = (...states: RunState[]) => ofSeed.findLast(({ state }) => states.includes(state));
  return latest('SUCCEEDED') ?? latest('RUNNING') ?? latest('QUEUED', 'BLOCKED');
}

/** Of each seed the run that counts, in the order in which the seeds first come. */
export function countingRuns<Each extends Run>(runs: readonly Each[]): Each[] {
  const seeds = [...new Set(runs.map(({ seed }) => seed))];
  return seeds.flatMap((seed) => countingRun(runs.filter((run) => run.seed === seed)) ?? []);
}
