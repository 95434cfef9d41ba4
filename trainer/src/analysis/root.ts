/**
 * Where a function that rises takes a value: by bisection, to a relative width of 10⁻¹⁰. On a logarithmic scale, for positive ends.
 *
 * @returns null where the value does not lie between those at the ends.
 */
export const rootOf = (rising: (x: number) => number, value: number, low: number, high: number): number | null => {
  let [from, to] = [low, high];
  if (!(rising(from) <= value && value <= rising(to))) return null;
  while (to / from - 1 > 1e-10) {
    const middle = Math.sqrt(from * to);
    if (middle <= from || middle >= to) break;
    if (rising(middle) <= value) from = middle;
    else to = middle;
  }
  return Math.sqrt(from * to);
};
