import { tf } from '../engine/tf.ts';

/**
 * Gradient of a loss with respect to parameters, and tensors that came up on the way to it (which TensorFlow.js would otherwise drop at
 * the end of its forward pass).
 */
export const differentiate = (
  parameters: readonly tf.Tensor[],
  forward: (parameters: tf.Tensor[]) => { loss: tf.Scalar; kept: readonly tf.Tensor[] },
): { gradients: tf.Tensor[]; kept: tf.Tensor[] } => {
  let held: tf.Tensor[] = [];
  const { grads } = tf.valueAndGrads((...traced: tf.Tensor[]) => {
    const { loss, kept } = forward(traced);
    // Clones: what is kept may be a tensor that its owner still needs.
    held = kept.map((tensor) => tf.keep(tf.clone(tensor)));
    return loss;
  })([...parameters]);
  const kept = held.map((tensor) => {
    const owned = tf.clone(tensor);
    tensor.dispose();
    return owned;
  });
  return { gradients: grads, kept };
};
