import type { RunState } from '@/generated/graphql.ts';

type Run = { id: string; seed: number; state: RunState };

/** For each of the group's own seeds the run that counts: one that succeeded, else one that is on its way, else the last that ended otherwise. */
export function latestRuns<Each extends Run>(group: { seeds: readonly number[]; runs: readonly Each[] }): Each[] {
  return group.seeds.flatMap((seed) => {
    const ofSeed = group.runs.filter((run) => run.seed === seed);
    const counting =
      ofSeed.findLast(({ state }) => state === 'SUCCEEDED') ??
      ofSeed.findLast(({ state }) => state === 'BLOCKED' || state === 'QUEUED' || state === 'RUNNING') ??
      ofSeed.at(-1);
    return counting ?? [];
  });
}
