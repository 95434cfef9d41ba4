/**
 * Entropy of softmax(z / T) of each row, in nats.
 *
 * @param logits [samples, classes]
 */
export const entropies = (logits: Float32Array, classes: number, temperature = 1): Float64Array => {
  const values = new Float64Array(logits.length / classes);
  for (let sample = 0; sample < values.length; sample++) {
    const from = sample * classes;
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[from + c] as number);
    let sum = 0;
    let weighted = 0;
    for (let c = 0; c < classes; c++) {
      const z = ((logits[from + c] as number) - largest) / temperature;
      const e = Math.exp(z);
      sum += e;
      // e·z → 0 where e has no value but 0 left.
      if (e > 0) weighted += e * z;
    }
    // H = log Σ e − Σ e·z / Σ e; of a certain output it may round to just below 0.
    values[sample] = Math.max(0, Math.log(sum) - weighted / sum);
  }
  return values;
};

export const mean = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let k = 0; k < values.length; k++) sum += values[k] as number;
  return sum / values.length;
};

/** Mean entropy of softmax(z / T), in nats. */
export const meanEntropy = (logits: Float32Array, classes: number, temperature = 1): number =>
  mean(entropies(logits, classes, temperature));
