import { tf } from '../tf.ts';
import type { Half } from './half.ts';
import { ROUND_TO_HALF } from './kernel.ts';

/** x [any shape, float32] rounded to the nearest numbers of a 16-bit format; still float32. Its gradient is rounded in the same way. */
export const rounded = (x: tf.Tensor, format: Half): tf.Tensor => tf.engine().runKernel(ROUND_TO_HALF, { x }, { format }) as tf.Tensor;
