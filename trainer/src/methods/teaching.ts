import type { TeachingSettings } from '@studyhall/contract/spec/run-spec.ts';
import { tf } from '../engine/tf.ts';
import { distillation } from '../objectives/distillation.ts';
import { temperatureFactor } from '../objectives/divergence.ts';
import { hardDistillation } from '../objectives/hard-distillation.ts';
import { mean } from '../objectives/mean.ts';
import type { Method } from './method.ts';

/** Where a method's teachers come from, as it says of itself. */
export const teachersAt = ({ teachers }: TeachingSettings, path: string): Method['teachers'] =>
  teachers.map((settings, position) => ({ path: `${path}.teachers.${position}`, settings }));

/** The teachers' term as it enters a network's loss: weight · T² · mean over the teachers of KL(p_t^T ‖ p_s^T), or of CE on their argmax. */
export const teachingTerm = (settings: TeachingSettings): ((own: tf.Tensor, teachers: readonly tf.Tensor[]) => tf.Scalar) => {
  const { temperature, weight, scaleByTemperatureSquared, target } = settings;
  if (target === 'HARD') return (own, teachers) => tf.mul(mean(teachers.map((teacher) => hardDistillation(own, teacher))), weight);
  const factor = weight * temperatureFactor(temperature, scaleByTemperatureSquared);
  return (own, teachers) => tf.mul(mean(teachers.map((teacher) => distillation(own, teacher, temperature))), factor);
};
