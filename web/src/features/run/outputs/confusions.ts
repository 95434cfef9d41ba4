export type Confused = { truth: number; taken: number; count: number };

/** What is taken for another class, most often first. @param matrix [true class][class taken for], counts */
export function confusions(matrix: readonly (readonly number[])[]): Confused[] {
  return matrix
    .flatMap((row, truth) => row.map((count, taken) => ({ truth, taken, count })))
    .filter(({ truth, taken, count }) => truth !== taken && count > 0)
    .toSorted((one, other) => other.count - one.count);
}
