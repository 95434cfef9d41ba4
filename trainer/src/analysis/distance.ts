import { bestAssignment } from '../alignment/assignment.ts';
import { alive } from '../alive.ts';

/** Σ_n one[n, a] · other[n, b] as [neurons, neurons]; n runs over samples and positions. */
export const productsOf = (one: Float32Array, other: Float32Array, neurons: number): Float64Array => {
  const sums = new Float64Array(neurons * neurons);
  for (let row = 0; row < one.length; row += neurons) {
    for (let a = 0; a < neurons; a++) {
      const x = one[row + a] as number;
      if (x === 0) continue;
      const at = a * neurons;
      for (let b = 0; b < neurons; b++) sums[at + b] = (sums[at + b] as number) + x * (other[row + b] as number);
    }
    if (row % 4096 === 0) alive();
  }
  return sums;
};

const squares = (values: Float32Array): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += (values[k] as number) ** 2;
  return sum;
};

/** Squared L2 between two networks' features: neuron against neuron, and after the permutation that makes it smallest; the sum of both squared norms. */
export type Distance = { readonly raw: number; readonly aligned: number; readonly norms: number };

/**
 * A permutation leaves norms as they are: least Σ (f − g∘π)² is greatest Σ f·(g∘π) of the features as they are, not centred.
 *
 * @param products Σ_n one[n, a] · other[n, b], [neurons, neurons]
 */
export const distanceOf = (one: Float32Array, other: Float32Array, products: Float64Array, neurons: number): Distance => {
  const norms = squares(one) + squares(other);
  let raw = 0;
  for (let k = 0; k < one.length; k++) raw += ((one[k] as number) - (other[k] as number)) ** 2;
  const assigned = bestAssignment(products, neurons);
  let gain = 0;
  assigned.forEach((b, a) => {
    gain += products[a * neurons + b] as number;
  });
  // Of equal features it may round to just below 0; no permutation does worse than none.
  return { raw, aligned: Math.min(raw, Math.max(0, norms - 2 * gain)), norms };
};
