/** What became of many runs. */
export type Outcome = { id: string; refusal: string | null };

/** As many as the API takes at once. */
const batch = 200;

/**
 * Does something to many runs, as many at a time as the API takes, those scheduled first first: teachers come before who learns from them.
 *
 * @param act answers what became of each.
 * @param onProgress is told how many have been dealt with.
 * @returns what became of all that were dealt with; should a batch fail, an outcome for each of the rest says so.
 */
export async function inBatches(
  ids: readonly string[],
  act: (ids: string[]) => Promise<readonly Outcome[]>,
  { onProgress, describe }: { onProgress: (done: number) => void; describe: (error: unknown) => string },
): Promise<Outcome[]> {
  // Ids rise with time.
  const sorted = ids.toSorted();
  const outcomes: Outcome[] = [];
  for (let start = 0; start < sorted.length; start += batch) {
    try {
      outcomes.push(...(await act(sorted.slice(start, start + batch))));
    } catch (error) {
      const refusal = describe(error);
      return [...outcomes, ...sorted.slice(start).map((id) => ({ id, refusal }))];
    }
    onProgress(outcomes.length);
  }
  return outcomes;
}
