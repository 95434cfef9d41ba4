import type { LabelledLogits } from './labelled-logits.ts';
import { logProbabilities, mostLikely } from './log-probabilities.ts';
import type { Tally } from './tally.ts';

/** Samples whose confidence lies above `low` and up to `high`. Without samples it has neither accuracy nor confidence. */
export type ReliabilityBin = { low: number; high: number; count: number; accuracy: number | null; confidence: number | null };

/** Accuracy and confidence are fractions; `ece` is the mean over samples of their distance within a bin. */
export type Calibration = { samples: number; accuracy: number; confidence: number; ece: number; bins: ReliabilityBin[] };

/** A prediction's confidence is the probability of the class it names. */
export type Prediction = { readonly confidence: number; readonly correct: boolean };

/** As many as in the paper. */
export const reliabilityBins = 15;

/**
 * Expected calibration error and the reliability diagram behind it, over equal-width bins of confidence.
 * Guo et al. 2017, On Calibration of Modern Neural Networks, equations 2 to 3.
 */
export function calibrationOfPredictions(bins = reliabilityBins): Tally<Prediction, Calibration> {
  const counts = new Float64Array(bins);
  const confidences = new Float64Array(bins);
  const corrects = new Float64Array(bins);
  return {
    add({ confidence, correct }) {
      // A bin holds its upper end: a network that is entirely sure is in the last.
      const bin = Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins) - 1));
      counts[bin] = (counts[bin] as number) + 1;
      confidences[bin] = (confidences[bin] as number) + confidence;
      if (correct) corrects[bin] = (corrects[bin] as number) + 1;
    },
    figure() {
      const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
      const samples = total(counts);
      const distance = corrects.reduce((sum, correct, bin) => sum + Math.abs(correct - (confidences[bin] as number)), 0);
      return {
        samples,
        accuracy: total(corrects) / samples,
        confidence: total(confidences) / samples,
        ece: distance / samples,
        bins: Array.from(counts, (count, bin) => ({
          low: bin / bins,
          high: (bin + 1) / bins,
          count,
          accuracy: count === 0 ? null : (corrects[bin] as number) / count,
          confidence: count === 0 ? null : (confidences[bin] as number) / count,
        })),
      };
    },
  };
}

/** The same of a network, by its logits. */
export function calibration(classes: number, bins = reliabilityBins): Tally<LabelledLogits, Calibration> {
  const predictions = calibrationOfPredictions(bins);
  const logs = new Float64Array(classes);
  return {
    add(part) {
      part.labels.forEach((label, sample) => {
        logProbabilities(part, sample, logs);
        const predicted = mostLikely(part.logits, classes, sample);
        predictions.add({ confidence: Math.exp(logs[predicted] as number), correct: predicted === label });
      });
    },
    figure: predictions.figure,
  };
}
