import type { LabelledLogits } from './labelled-logits.ts';
import { logProbabilities } from './log-probabilities.ts';
import type { Tally } from './tally.ts';

/**
 * Mean of softmax(z / T) over the samples of each true class.
 *
 * @returns [true class][class], rows that sum to 1; empty for a class without samples.
 */
export function softLabels(classes: number, temperature: number): Tally<LabelledLogits, number[][]> {
  const sums = Array.from({ length: classes }, () => new Float64Array(classes));
  const counts = new Float64Array(classes);
  const logs = new Float64Array(classes);
  return {
    add(part) {
      part.labels.forEach((label, sample) => {
        logProbabilities(part, sample, logs, temperature);
        const sum = sums[label] as Float64Array;
        for (let c = 0; c < classes; c++) sum[c] = (sum[c] as number) + Math.exp(logs[c] as number);
        counts[label] = (counts[label] as number) + 1;
      });
    },
    figure: () =>
      sums.map((sum, label) => {
        const count = counts[label] as number;
        return count === 0 ? [] : Array.from(sum, (value) => value / count);
      }),
  };
}
