import { tf } from '../engine/tf.ts';

/** Mean of at least one number. */
export const mean = (values: readonly tf.Scalar[]): tf.Scalar => {
  const sum = values.reduce((a, b) => tf.add(a, b));
  return values.length === 1 ? sum : tf.div(sum, values.length);
};
