/** What a network said of each sample: logits [samples, classes], and the samples' classes. */
export type LabelledLogits = { readonly logits: Float32Array; readonly labels: Int32Array; readonly classes: number };

/** The samples from one place to before another, without copying. */
export const samplesOf = ({ logits, labels, classes }: LabelledLogits, from: number, to: number): LabelledLogits => ({
  logits: logits.subarray(from * classes, to * classes),
  labels: labels.subarray(from, to),
  classes,
});
