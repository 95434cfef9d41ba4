import { predictions } from './scores.ts';

/** Logits [samples, classes] and the samples' classes. */
export type Labelled = { readonly logits: Float32Array; readonly labels: Int32Array };

/** Logits with `bias` added to some classes, in double precision. */
export const addBias = (logits: Float32Array, classes: number, biased: readonly number[], bias: number): Float64Array => {
  const corrected = Float64Array.from(logits);
  for (let row = 0; row < corrected.length; row += classes) {
    for (const label of biased) corrected[row + label] = (corrected[row + label] as number) + bias;
  }
  return corrected;
};

/** Part of the samples classified rightly, of those whose class is among `only`, if given; null if there are none. */
const accuracy = (logits: Float32Array | Float64Array, labels: Int32Array, classes: number, only?: ReadonlySet<number>): number | null => {
  const predicted = predictions(logits, classes);
  let counted = 0;
  let right = 0;
  labels.forEach((label, sample) => {
    if (only !== undefined && !only.has(label)) return;
    counted++;
    if (predicted[sample] === label) right++;
  });
  return counted === 0 ? null : right / counted;
};

/**
 * What has to be added to the withheld classes' logits so that most samples are classified rightly (Hinton et al. 2014, section 3).
 *
 * A sample goes over from the best kept class to the best withheld one where the bias passes the difference of their logits; between two
 * such points nothing changes. So one bias of each interval is all that has to be tried: 0 in its own, else the middle, and one unit
 * beyond either end. Of equally good ones that nearest to 0, the positive one first.
 */
export const findBias = ({ logits, labels }: Labelled, classes: number, withheld: readonly number[]): number => {
  const absent = new Set(withheld);
  /** Net change of the number of rightly classified samples where the bias passes that point. */
  const steps = new Map<number, number>();
  labels.forEach((label, sample) => {
    const row = logits.subarray(sample * classes, (sample + 1) * classes);
    let kept = -1;
    let held = -1;
    for (let c = 0; c < classes; c++) {
      if (absent.has(c)) held = held < 0 || (row[c] as number) > (row[held] as number) ? c : held;
      else kept = kept < 0 || (row[c] as number) > (row[kept] as number) ? c : kept;
    }
    const change = label === held ? 1 : label === kept ? -1 : 0;
    const point = (row[kept] as number) - (row[held] as number);
    if (change !== 0) steps.set(point, (steps.get(point) ?? 0) + change);
  });
  const points = [...steps.keys()].sort((a, b) => a - b);
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return 0;
  // One bias per interval, by the number of points it has passed. At a point itself a sample is on the edge.
  const intervals = [first - 1, ...points.slice(1).map((point, place) => ((points[place] as number) + point) / 2), last + 1];
  const around0 = steps.has(0) ? -1 : points.filter((point) => point < 0).length;
  let gain = 0;
  let best = { bias: 0, gain: Number.NEGATIVE_INFINITY };
  intervals.forEach((middle, passed) => {
    if (passed > 0) gain += steps.get(points[passed - 1] as number) as number;
    const bias = passed === around0 ? 0 : middle;
    const nearer = Math.abs(bias) < Math.abs(best.bias) || (bias === -best.bias && bias > 0);
    if (gain > best.gain || (gain === best.gain && nearer)) best = { bias, gain };
  });
  return best.bias;
};

/** Of networks that were trained without some classes; null for all others. Accuracies are of the test split. */
export type WithheldScores = {
  readonly withheldAccuracy: number | null;
  readonly biasCorrection: number | null;
  readonly correctedAccuracy: number | null;
  readonly correctedWithheldAccuracy: number | null;
};

const NONE: WithheldScores = { withheldAccuracy: null, biasCorrection: null, correctedAccuracy: null, correctedWithheldAccuracy: null };

/**
 * How a network does on the test samples of classes that it has not seen, as it is and with the bias that suits the validation split best.
 * Without validation samples nothing is corrected.
 */
export const scoreWithheld = (
  validation: Labelled | null,
  test: Labelled | null,
  classes: number,
  withheld: readonly number[],
): WithheldScores => {
  if (withheld.length === 0 || test === null) return NONE;
  const only = new Set(withheld);
  const withheldAccuracy = accuracy(test.logits, test.labels, classes, only);
  if (validation === null) return { ...NONE, withheldAccuracy };
  const biasCorrection = findBias(validation, classes, withheld);
  const corrected = addBias(test.logits, classes, withheld, biasCorrection);
  return {
    withheldAccuracy,
    biasCorrection,
    correctedAccuracy: accuracy(corrected, test.labels, classes),
    correctedWithheldAccuracy: accuracy(corrected, test.labels, classes, only),
  };
};
