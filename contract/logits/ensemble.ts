import { type Calibration, calibrationOfPredictions } from './calibration.ts';
import type { LabelledLogits } from './labelled-logits.ts';
import { logProbabilities, mostLikely } from './log-probabilities.ts';

/** Adds softmax(z) of each sample to the sums of all members, from a sample on. @param sums [samples, classes] */
export function addProbabilities(sums: Float64Array, part: LabelledLogits, from = 0): void {
  const { classes, labels } = part;
  const logs = new Float64Array(classes);
  for (let sample = 0; sample < labels.length; sample++) {
    logProbabilities(part, sample, logs);
    const start = (from + sample) * classes;
    for (let c = 0; c < classes; c++) sums[start + c] = (sums[start + c] as number) + Math.exp(logs[c] as number);
  }
}

/** How right, and how sure, the mean of the members' probabilities is. @param sums of all members, [samples, classes] */
export function calibrationOfEnsemble(sums: Float64Array, members: number, labels: Int32Array): Calibration {
  const tally = calibrationOfPredictions();
  const classes = sums.length / labels.length;
  labels.forEach((label, sample) => {
    const predicted = mostLikely(sums, classes, sample);
    tally.add({ confidence: (sums[sample * classes + predicted] as number) / members, correct: predicted === label });
  });
  return tally.figure();
}

/** The same, of members given as a whole. */
export function ensemble(members: readonly LabelledLogits[]): Calibration {
  const [first] = members;
  if (!first) throw new Error('There is no ensemble of no networks.');
  const sums = new Float64Array(first.logits.length);
  for (const member of members) addProbabilities(sums, member);
  return calibrationOfEnsemble(sums, members.length, first.labels);
}
