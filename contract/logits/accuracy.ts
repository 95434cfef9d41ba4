import type { LabelledLogits } from './labelled-logits.ts';
import { mostLikely } from './log-probabilities.ts';
import type { Tally } from './tally.ts';

/** The part of the samples whose class is the one taken for most likely. */
export function accuracy(): Tally<LabelledLogits, number> {
  let samples = 0;
  let correct = 0;
  return {
    add({ logits, labels, classes }) {
      labels.forEach((label, sample) => {
        if (mostLikely(logits, classes, sample) === label) correct++;
      });
      samples += labels.length;
    },
    figure: () => correct / samples,
  };
}
