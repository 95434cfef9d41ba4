import type { LabelledLogits } from './labelled-logits.ts';
import { mostLikely } from './log-probabilities.ts';
import type { Tally } from './tally.ts';

/** How many samples of each true class are taken for each class. @returns [true class][predicted class] */
export function confusion(classes: number): Tally<LabelledLogits, number[][]> {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  return {
    add({ logits, labels }) {
      labels.forEach((label, sample) => {
        const row = counts[label] as number[];
        const predicted = mostLikely(logits, classes, sample);
        row[predicted] = (row[predicted] as number) + 1;
      });
    },
    figure: () => counts,
  };
}
