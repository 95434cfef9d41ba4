import { badInput } from '../errors.ts';
import type { LabelledLogits, NetworkKey, ValidationLogitsLoader } from './validation-logits.ts';

/**
 * A network's mean soft labels on the validation split; null where it has no stored logits.
 *
 * @throws BAD_INPUT for a temperature outside (0, 100].
 */
export async function readSoftLabels(loader: ValidationLogitsLoader, key: NetworkKey, temperature: number): Promise<number[][] | null> {
  if (!(temperature > 0 && temperature <= 100)) throw badInput(`temperature is ${temperature}; it has to be more than 0 and at most 100.`);
  const stored = await loader.load(key);
  return stored && softLabels(stored, temperature);
}

/**
 * Mean of softmax(z / T) over the samples of each true class, in double precision.
 *
 * @returns [true class][class], rows that sum to 1; empty for a class without samples.
 */
export function softLabels({ logits, labels, classes }: LabelledLogits, temperature: number): number[][] {
  const sums = Array.from({ length: classes }, () => new Float64Array(classes));
  const counts = new Float64Array(classes);
  const row = new Float64Array(classes);
  labels.forEach((label, sample) => {
    const own = logits.subarray(sample * classes, (sample + 1) * classes);
    let largest = Number.NEGATIVE_INFINITY;
    for (const logit of own) largest = Math.max(largest, logit);
    let total = 0;
    for (let c = 0; c < classes; c++) {
      row[c] = Math.exp(((own[c] as number) - largest) / temperature);
      total += row[c] as number;
    }
    const sum = sums[label] as Float64Array;
    for (let c = 0; c < classes; c++) sum[c] = (sum[c] as number) + (row[c] as number) / total;
    counts[label] = (counts[label] as number) + 1;
  });
  return sums.map((sum, label) => {
    const count = counts[label] as number;
    return count === 0 ? [] : Array.from(sum, (value) => value / count);
  });
}
