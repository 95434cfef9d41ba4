import { confusion } from './confusion.ts';
import type { LabelledLogits } from './labelled-logits.ts';
import { logProbabilities, mostLikely } from './log-probabilities.ts';
import type { Tally } from './tally.ts';

export type Comparison = {
  samples: number;
  /** Part of the samples for which both name the same class. */
  agreement: number;
  /** Mean KL(a ‖ b) at T = 1, in nats: of a teacher a and its student b. */
  meanKl: number;
  /** Mean KL(b ‖ a). */
  meanKlReversed: number;
  /** [true class][predicted class]: samples that a takes for it, less those that b does. */
  confusionDifference: number[][];
};

/**
 * How alike two networks' outputs on the same samples are. Agreement and mean KL are a student's fidelity to its teacher:
 * Stanton et al. 2021, Does Knowledge Distillation Really Work?, equations 3 and 4.
 */
export function comparison(classes: number): Tally<readonly [LabelledLogits, LabelledLogits], Comparison> {
  let samples = 0;
  let agreed = 0;
  let forward = 0;
  let backward = 0;
  const confusions = [confusion(classes), confusion(classes)] as const;
  const logsOfA = new Float64Array(classes);
  const logsOfB = new Float64Array(classes);
  return {
    add([a, b]) {
      for (let sample = 0; sample < a.labels.length; sample++) {
        logProbabilities(a, sample, logsOfA);
        logProbabilities(b, sample, logsOfB);
        if (mostLikely(a.logits, classes, sample) === mostLikely(b.logits, classes, sample)) agreed++;
        for (let c = 0; c < classes; c++) {
          const p = logsOfA[c] as number;
          const q = logsOfB[c] as number;
          forward += Math.exp(p) * (p - q);
          backward += Math.exp(q) * (q - p);
        }
      }
      samples += a.labels.length;
      confusions[0].add(a);
      confusions[1].add(b);
    },
    figure() {
      const [ofA, ofB] = [confusions[0].figure(), confusions[1].figure()];
      return {
        samples,
        agreement: agreed / samples,
        // Of equal outputs it may round to just below 0.
        meanKl: Math.max(0, forward / samples),
        meanKlReversed: Math.max(0, backward / samples),
        confusionDifference: ofA.map((row, truth) => row.map((count, c) => count - (ofB[truth]?.[c] as number))),
      };
    },
  };
}
