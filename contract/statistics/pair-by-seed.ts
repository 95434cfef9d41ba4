/** What one seed's run came to. */
export type SeedFigure = { seed: number; value: number };

export type SeedPair<Of, Against> = { of: Of; against: Against; difference: number };

/**
 * The differences of two sides, paired by seed, over the seeds that both have: equal seeds share initial weights and batches, so what
 * they have in common drops out. In the order of `of`; each side names a seed once.
 */
export function pairBySeed<Of extends SeedFigure, Against extends SeedFigure>(
  of: readonly Of[],
  against: readonly Against[],
): SeedPair<Of, Against>[] {
  const bySeed = new Map(against.map((figure) => [figure.seed, figure]));
  return of.flatMap((figure) => {
    const other = bySeed.get(figure.seed);
    return other ? [{ of: figure, against: other, difference: figure.value - other.value }] : [];
  });
}
