import type { tf } from '../engine/tf.ts';
import { detach } from './detach.ts';
import { divergence, softenedLog } from './divergence.ts';

/**
 * KL(p_t^T ‖ p_s^T) (Hinton et al. 2014), the teacher detached, without the factor T². With respect to the student's logits its gradient is
 * (p_s^T − p_t^T) / (T · batch).
 *
 * @param student [batch, classes] logits
 * @param teacher [batch, classes] logits
 */
export const distillation = (student: tf.Tensor, teacher: tf.Tensor, temperature: number): tf.Scalar =>
  divergence(softenedLog(detach(teacher), temperature), softenedLog(student, temperature));
