/**
 * The unbiased estimate of HSIC of two kernels (Song et al. 2012), up to the factor 1 / (n (n − 3)).
 *
 * @param one [n, n], symmetric; the diagonals play no part
 */
const hsic = (one: Float32Array, two: Float32Array, n: number): number => {
  let trace = 0;
  let sumOne = 0;
  let sumTwo = 0;
  let crossed = 0;
  for (let i = 0; i < n; i++) {
    let rowOne = 0;
    let rowTwo = 0;
    for (let j = 0; j < n; j++) {
      if (i === j) continue;
      const [k, l] = [one[i * n + j] as number, two[i * n + j] as number];
      trace += k * l;
      rowOne += k;
      rowTwo += l;
    }
    sumOne += rowOne;
    sumTwo += rowTwo;
    crossed += rowOne * rowTwo;
  }
  return trace + (sumOne * sumTwo) / ((n - 1) * (n - 2)) - (2 / (n - 2)) * crossed;
};

/**
 * Linear CKA of features given as their Gram matrices [n, n], debiased (Nguyen et al. 2021): near 0 for features that have nothing in common,
 * also where they are more than samples; 1 for rotated and scaled ones. Null for fewer than 4 samples, or features that are constant.
 */
export const debiasedCka = (one: Float32Array, two: Float32Array, n: number): number | null => {
  if (n < 4) return null;
  const own = hsic(one, one, n) * hsic(two, two, n);
  if (!(own > 0)) return null;
  const value = hsic(one, two, n) / Math.sqrt(own);
  return Number.isFinite(value) ? value : null;
};

/** Subtracts each column's mean, in place: what is common to all samples blurs 32 bits, and changes nothing. @param rows [n, width] */
export const centre = (rows: Float32Array, n: number): Float32Array => {
  const width = rows.length / n;
  const sums = new Float64Array(width);
  for (let k = 0; k < rows.length; k++) sums[k % width] = (sums[k % width] as number) + (rows[k] as number);
  for (let k = 0; k < rows.length; k++) rows[k] = (rows[k] as number) - (sums[k % width] as number) / n;
  return rows;
};
