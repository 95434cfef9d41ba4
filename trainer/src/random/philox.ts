/**
 * Philox4x32-10 (Salmon et al., SC 2011): a counter-based generator. The same key and counter always give the same four words,
 * in any order of asking, so every draw of a run can be named by what it is for instead of by when it was drawn.
 */

const ROUNDS = 10;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;

/** High 32 bits of the unsigned 64-bit product, in 32-bit integers throughout: twice as fast as with products beyond them. */
const multiplyHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const cross = Math.imul(aHigh, bLow);
  const other = Math.imul(aLow, bHigh);
  const middle = (Math.imul(aLow, bLow) >>> 16) + (cross & 0xffff) + (other & 0xffff);
  return (Math.imul(aHigh, bHigh) + (cross >>> 16) + (other >>> 16) + (middle >>> 16)) | 0;
};

/** Writes the four words for key (`k0`, `k1`) and counter (`c0` … `c3`), all unsigned 32-bit, to `out`. */
export const philox = (k0: number, k1: number, c0: number, c1: number, c2: number, c3: number, out: Uint32Array): void => {
  let [x0, x1, x2, x3] = [c0 | 0, c1 | 0, c2 | 0, c3 | 0];
  let [key0, key1] = [k0 | 0, k1 | 0];
  for (let round = 0; round < ROUNDS; round++) {
    const high0 = multiplyHigh(MULTIPLIER_0, x0);
    const low0 = Math.imul(MULTIPLIER_0, x0);
    const high1 = multiplyHigh(MULTIPLIER_1, x2);
    const low1 = Math.imul(MULTIPLIER_1, x2);
    x0 = high1 ^ x1 ^ key0;
    x1 = low1;
    x2 = high0 ^ x3 ^ key1;
    x3 = low0;
    key0 = (key0 + WEYL_0) | 0;
    key1 = (key1 + WEYL_1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
  out[2] = x2;
  out[3] = x3;
};
