import { tf } from '../engine/tf.ts';
import { detach } from './detach.ts';

/**
 * CE(argmax p_t, p_s): the teacher's most likely class as if it were the label (the cross-entropy that Thoker & Gall 2019 found better than
 * KL across modalities), averaged over the batch. Of several equal largest outputs the first counts. With respect to the student's logits
 * its gradient is (p_s − one-hot of the teacher's class) / batch. NaN where the teacher's logits are not finite, of which no largest is known.
 *
 * @param student [batch, classes] logits
 * @param teacher [batch, classes] logits
 */
export const hardDistillation = (student: tf.Tensor, teacher: tf.Tensor): tf.Scalar => {
  const classes = student.shape[1] as number;
  const target = tf.oneHot(tf.argMax(detach(teacher), 1) as tf.Tensor1D, classes); // [batch, classes]
  const loss = tf.neg(tf.mean(tf.sum(tf.mul(tf.cast(target, 'float32'), tf.logSoftmax(student)), 1)));
  // 0 for finite logits.
  return tf.add(loss, tf.sum(tf.sub(detach(teacher), detach(teacher)))) as tf.Scalar;
};
