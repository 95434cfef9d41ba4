import { chosen } from '@studyhall/contract/spec/one-of.ts';
import type { ScheduleSettings, TrainingSettings } from '@studyhall/contract/spec/run-spec.ts';

/** Steps are counted from 0 over the whole training. */
export type Length = { readonly epochs: number; readonly stepsPerEpoch: number };

type Shape = (step: number, length: Length, warmupSteps: number) => number;

/** Part of the start's learning rate at a step, after warm-up. */
const SHAPES: { readonly [S in keyof ScheduleSettings]: (settings: ScheduleSettings[S]) => Shape } = {
  constant: () => () => 1,
  step:
    ({ milestones, factor }) =>
    (step, { stepsPerEpoch }) =>
      factor ** milestones.filter((milestone) => step >= milestone * stepsPerEpoch).length,
  cosine:
    ({ finalFraction }) =>
    (step, { epochs, stepsPerEpoch }, warmupSteps) => {
      const part = (step - warmupSteps) / Math.max(1, epochs * stepsPerEpoch - warmupSteps);
      return finalFraction + ((1 - finalFraction) * (1 + Math.cos(Math.PI * part))) / 2;
    },
};

const shapeOf = <S extends keyof ScheduleSettings>(name: S, settings: ScheduleSettings[S]): Shape => SHAPES[name](settings);

/**
 * Learning rate of a step. Warm-up climbs linearly from 0, step by step, and reaches the start at its last step. Step schedules fall
 * between epochs; the cosine (Loshchilov & Hutter 2017, without restarts) falls step by step from the end of warm-up to the last step.
 */
export const learningRateAt = (training: TrainingSettings, length: Length, step: number): number => {
  const warmupSteps = Math.min(training.warmupEpochs, length.epochs) * length.stepsPerEpoch;
  if (step < warmupSteps) return (training.learningRate * (step + 1)) / warmupSteps;
  const [name, settings] = chosen<ScheduleSettings>(training.schedule);
  return training.learningRate * shapeOf(name, settings)(step, length, warmupSteps);
};
