import { alive } from '../alive.ts';

/** Mean loss and entropy in nats, accuracy as a fraction. */
export type Scores = { readonly loss: number; readonly accuracy: number; readonly entropy: number };

/** log softmax of each row, in double precision. */
const logProbabilities = (logits: Float32Array, classes: number): Float64Array => {
  const logs = new Float64Array(logits.length);
  for (let row = 0; row < logits.length; row += classes) {
    let largest = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < classes; c++) largest = Math.max(largest, logits[row + c] as number);
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += Math.exp((logits[row + c] as number) - largest);
    const normaliser = largest + Math.log(sum);
    for (let c = 0; c < classes; c++) logs[row + c] = (logits[row + c] as number) - normaliser;
  }
  alive();
  return logs;
};

/** The most likely class of each row; the first one, where equal. */
export const predictions = (values: Float32Array | Float64Array, classes: number): Int32Array => {
  const chosen = new Int32Array(values.length / classes);
  for (let sample = 0; sample < chosen.length; sample++) {
    let best = 0;
    for (let c = 1; c < classes; c++) {
      if ((values[sample * classes + c] as number) > (values[sample * classes + best] as number)) best = c;
    }
    chosen[sample] = best;
  }
  alive();
  return chosen;
};

const scoreLogs = (logs: Float64Array, labels: Int32Array, classes: number): Scores => {
  let loss = 0;
  let entropy = 0;
  let correct = 0;
  const predicted = predictions(logs, classes);
  for (let sample = 0; sample < labels.length; sample++) {
    loss -= logs[sample * classes + (labels[sample] as number)] as number;
    if (predicted[sample] === labels[sample]) correct++;
    for (let c = 0; c < classes; c++) {
      const log = logs[sample * classes + c] as number;
      // p·log p → 0 where p has no value but 0 left.
      if (log > -700) entropy -= Math.exp(log) * log;
    }
  }
  const n = labels.length;
  // The entropy of a certain prediction may round to just below 0.
  return { loss: loss / n, accuracy: correct / n, entropy: Math.max(0, entropy / n) };
};

/** Scores of one network. @param logits [samples, classes] */
export const scoreLogits = (logits: Float32Array, labels: Int32Array, classes: number): Scores =>
  scoreLogs(logProbabilities(logits, classes), labels, classes);

/** log of the mean of probabilities given as logarithms, by the largest of them: the mean itself may be too small for a double. */
const logMean = (members: readonly Float64Array[]): Float64Array =>
  (members[0] as Float64Array).map((_, k) => {
    let largest = Number.NEGATIVE_INFINITY;
    for (const logs of members) largest = Math.max(largest, logs[k] as number);
    let sum = 0;
    for (const logs of members) sum += Math.exp((logs[k] as number) - largest);
    return largest + Math.log(sum / members.length);
  });

/** Scores of the ensemble that averages its members' probabilities. @param logits per member, [samples, classes] */
export const scoreEnsemble = (logits: readonly Float32Array[], labels: Int32Array, classes: number): Scores =>
  scoreLogs(logMean(logits.map((own) => logProbabilities(own, classes))), labels, classes);

/** Mean over pairs of members of the part of samples on which their predictions differ. */
export const disagreement = (logits: readonly Float32Array[], classes: number): number => {
  const predicted = logits.map((own) => predictions(own, classes));
  let differing = 0;
  let pairs = 0;
  for (let i = 0; i < predicted.length; i++) {
    for (let j = i + 1; j < predicted.length; j++) {
      pairs++;
      const [a, b] = [predicted[i] as Int32Array, predicted[j] as Int32Array];
      for (let sample = 0; sample < a.length; sample++) if (a[sample] !== b[sample]) differing++;
    }
  }
  const samples = predicted[0]?.length ?? 0;
  return pairs === 0 || samples === 0 ? 0 : differing / (pairs * samples);
};

/** Scores of each network and, for two or more, of their ensemble. */
export type CohortScores = { readonly networks: readonly Scores[]; readonly ensemble: (Scores & { readonly disagreement: number }) | null };

/** @param logits per network, [samples, classes]; @param labels [samples] */
export const scoreCohort = (logits: readonly Float32Array[], labels: Int32Array): CohortScores => {
  const classes = (logits[0]?.length ?? 0) / labels.length;
  return {
    networks: logits.map((own) => scoreLogits(own, labels, classes)),
    ensemble: logits.length < 2 ? null : { ...scoreEnsemble(logits, labels, classes), disagreement: disagreement(logits, classes) },
  };
};
