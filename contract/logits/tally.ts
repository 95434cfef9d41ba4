/** A figure that is made of sums over samples: they are taken in part by part, in any order, so that others may have their turn in between. */
export type Tally<Part, Figure> = { add(part: Part): void; figure(): Figure };

/** The figure of all samples at once. */
export function of<Part, Figure>(tally: Tally<Part, Figure>, whole: Part): Figure {
  tally.add(whole);
  return tally.figure();
}
