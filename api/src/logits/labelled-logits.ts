import type { LabelledLogits } from '@studyhall/contract/logits/labelled-logits.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import { readTensors } from '../artifacts/read-tensors.ts';

/** With the samples' places in the official training split, where they were taken from it. */
export type StoredOutputs = LabelledLogits & { readonly indices: Int32Array | null };

/** @throws Error if the file does not hold logits and labels that go together, or logits that are no numbers. */
export function labelledLogits(bytes: Buffer): StoredOutputs {
  const { logits, labels, indices } = readTensors(bytes);
  if (!(logits?.values instanceof Float32Array) || !(labels?.values instanceof Int32Array))
    throw new Error('It holds no logits and labels.');
  const [samples, classes] = logits.shape;
  if (logits.shape.length !== 2 || samples === undefined || classes === undefined || samples !== labels.values.length)
    throw new Error(`Logits of shape ${logits.shape} do not go with ${labels.values.length} labels.`);
  if (samples === 0 || classes === 0) throw new Error(`Logits of shape ${logits.shape} say nothing.`);
  if (labels.values.some((label) => label < 0 || label >= classes)) throw new Error(`It holds labels beyond its ${classes} classes.`);
  // Those of a run that ended before this was looked at: no figure of theirs would be a number.
  const broken = countNotFinite(logits.values, classes);
  if (broken > 0) throw new Error(`The logits of ${written(broken)} of its ${written(samples)} samples are not finite.`);
  return { logits: logits.values, labels: labels.values, classes, indices: indices?.values instanceof Int32Array ? indices.values : null };
}

/** Samples that have a logit that is NaN or infinite. */
function countNotFinite(logits: Float32Array, classes: number): number {
  let samples = 0;
  for (let start = 0; start < logits.length; start += classes) {
    let sum = 0;
    // A double holds the sum of any finite 32-bit floats; whatever is not finite makes it so.
    for (let i = start; i < start + classes; i++) sum += logits[i] as number;
    if (!Number.isFinite(sum)) samples++;
  }
  return samples;
}
