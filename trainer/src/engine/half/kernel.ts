import type * as TensorFlow from '@tensorflow/tfjs';
import { type Operations, roundedByArithmetic } from './by-arithmetic.ts';
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

/** What a backend that is not ours computes with. */
export const eagerly = (tf: Tf): Operations<TensorFlow.Tensor, TensorFlow.Tensor> => ({
  add: (x, number) => tf.add(x, number),
  sub: (a, b) => tf.sub(a, b),
  mul: (x, number) => tf.mul(x, number),
  abs: (x) => tf.abs(x),
  sign: (x) => tf.sign(x),
  isBelow: (x, number) => tf.less(x, number),
  select: (condition, a, b) => tf.where(condition, a, b),
});

/** Gives a backend a kernel made of its others. */
export const registerRoundingOn = (tf: Tf, backendName: string): void => {
  tf.registerKernel({
    kernelName: ROUND_TO_HALF,
    backendName,
    kernelFunc: ({ inputs, attrs }) =>
      tf.tidy(() => roundedByArithmetic(eagerly(tf), inputs.x as TensorFlow.Tensor, attributesOf(attrs).format)),
  });
};
