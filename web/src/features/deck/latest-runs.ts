type Run = { id: string; seed: number; counts: boolean };

/** For each of the group's own seeds the run that counts, and where none does the last that ended otherwise. */
export function latestRuns<Each extends Run>(group: { seeds: readonly number[]; runs: readonly Each[] }): Each[] {
  return group.seeds.flatMap((seed) => {
    const ofSeed = group.runs.filter((run) => run.seed === seed);
    return ofSeed.find(({ counts }) => counts) ?? ofSeed.at(-1) ?? [];
  });
}
