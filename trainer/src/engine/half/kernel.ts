import type * as TensorFlow from '@tensorflow/tfjs';
import { type Half, roundTo } from './half.ts';

/** TensorFlow.js has no numbers of 16 bits: a kernel of ours rounds float32 to what such a number would be. */
export const ROUND_TO_HALF = 'RoundToHalf';

export type RoundToHalfAttributes = { readonly format: Half };

type Tf = typeof TensorFlow;

const attributesOf = (attributes: TensorFlow.NamedAttrMap | undefined): RoundToHalfAttributes =>
  attributes as unknown as RoundToHalfAttributes;

/** Gives ROUND_TO_HALF its gradient, which is rounded as the number was, and the reference's backend a kernel for it. */
export const registerRounding = (tf: Tf): void => {
  tf.registerGradient({
    kernelName: ROUND_TO_HALF,
    gradFunc: (dy, _saved, attributes) => ({
      x: () =>
        tf.engine().runKernel(ROUND_TO_HALF, { x: dy as TensorFlow.Tensor }, attributes as TensorFlow.NamedAttrMap) as TensorFlow.Tensor,
    }),
  });
  tf.registerKernel({
    kernelName: ROUND_TO_HALF,
    backendName: 'cpu',
    kernelFunc: ({ inputs, attrs }) => {
      const { format } = attributesOf(attrs);
      const x = inputs.x as TensorFlow.Tensor;
      return tf.tensor(
        x.dataSync<'float32'>().map((number) => roundTo(number, format)),
        x.shape,
        'float32',
      );
    },
  });
};

/** Binary digits of float32 that the formats do not have. */
export const DROPPED: Readonly<Record<Half, number>> = { float16: 13, bfloat16: 16 };

/** float16's smallest normal number, a number whose last digit in float32 is as that of what is smaller, and from where on it is infinite. */
export const FLOAT16 = { normal: 2 ** -14, aligned: 0.75, tooLarge: 65_520 } as const;

/**
 * The same by arithmetic of float32, for backends that have no such numbers. The leading digits of x are those that are left of
 * w − (w − x) with w = (2ᵏ + 1)·x (Veltkamp 1968; Dekker 1971). In bfloat16 numbers under float32's smallest normal one (1.2 · 10⁻³⁸) depend on the backend.
 * What is infinite may become NaN.
 */
export const roundedByArithmetic = (tf: Tf, x: TensorFlow.Tensor, format: Half): TensorFlow.Tensor => {
  const leading = (a: TensorFlow.Tensor) => {
    const wide = tf.mul(a, 2 ** DROPPED[format] + 1);
    return tf.sub(wide, tf.sub(wide, a));
  };
  const size = tf.abs(x);
  if (format === 'bfloat16') return tf.where(tf.less(size, 2 ** 64), leading(x), tf.mul(leading(tf.mul(x, 2 ** -32)), 2 ** 32));
  const small = tf.sub(tf.add(x, FLOAT16.aligned), FLOAT16.aligned);
  const infinite = tf.mul(tf.sign(x), Number.POSITIVE_INFINITY);
  return tf.where(tf.less(size, FLOAT16.tooLarge), tf.where(tf.less(size, FLOAT16.normal), small, leading(x)), infinite);
};

/** Gives a backend a kernel made of its others. */
export const registerRoundingOn = (tf: Tf, backendName: string): void => {
  tf.registerKernel({
    kernelName: ROUND_TO_HALF,
    backendName,
    kernelFunc: ({ inputs, attrs }) => tf.tidy(() => roundedByArithmetic(tf, inputs.x as TensorFlow.Tensor, attributesOf(attrs).format)),
  });
};
