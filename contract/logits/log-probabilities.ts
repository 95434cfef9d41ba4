import type { LabelledLogits } from './labelled-logits.ts';

/**
 * log softmax(z / T) of one sample, in nats and double precision. By the largest logit: neither a very sure network nor a very small T
 * overflows, and no logarithm is -∞.
 *
 * @param into takes them, [classes].
 */
export function logProbabilities({ logits, classes }: LabelledLogits, sample: number, into: Float64Array, temperature = 1): void {
  const start = sample * classes;
  let largest = Number.NEGATIVE_INFINITY;
  for (let c = 0; c < classes; c++) {
    const logit = logits[start + c] as number;
    if (logit > largest) largest = logit;
  }
  let total = 0;
  for (let c = 0; c < classes; c++) {
    const log = ((logits[start + c] as number) - largest) / temperature;
    into[c] = log;
    total += Math.exp(log);
  }
  const normaliser = Math.log(total);
  for (let c = 0; c < classes; c++) into[c] = (into[c] as number) - normaliser;
}

/** The most likely class; the first one, where equal. */
export function mostLikely(values: Float32Array | Float64Array, classes: number, sample = 0): number {
  const start = sample * classes;
  let best = 0;
  for (let c = 1; c < classes; c++) if ((values[start + c] as number) > (values[start + best] as number)) best = c;
  return best;
}
