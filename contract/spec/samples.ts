import type { DataSettings } from './run-spec.ts';

/** Images held back for validation: taken first, from the whole training split. */
export function validationSamples(data: DataSettings, trainSize: number): number {
  return Math.round(data.validationFraction * trainSize);
}

/** Training images used, after the validation split was taken. */
export function trainSamplesUsed(data: DataSettings, trainSize: number): number {
  return data.trainSamples ?? trainSize - validationSamples(data, trainSize);
}

/** Training images whose labels are used. */
export function labelledSamples(data: DataSettings, trainSize: number): number {
  return Math.round(data.labelledFraction * trainSamplesUsed(data, trainSize));
}
