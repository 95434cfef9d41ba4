/** Where bands end at the least and at the most: what is never below 0 has none below it, of what is a part of a whole none is above 1. */
export function bandLimits(values: readonly (number | null)[], isPart: boolean): { floor: number; ceiling: number } {
  const known = values.filter((value) => value !== null);
  return {
    floor: known.some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0,
    ceiling: isPart && known.every((value) => value <= 1) ? 1 : Number.POSITIVE_INFINITY,
  };
}
