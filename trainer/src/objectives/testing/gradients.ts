import { tf } from '../../engine/tf.ts';
import { withBackend } from '../../engine/with-backend.ts';

/** Value of a scalar function of matrices and its gradients with respect to each, on the reference backend. */
export const valueAndGradients = (
  f: (...xs: tf.Tensor[]) => tf.Scalar,
  ...matrices: number[][][]
): { value: number; gradients: number[][][] } =>
  withBackend('cpu', () =>
    tf.tidy(() => {
      const { value, grads } = tf.valueAndGrads((...xs: tf.Tensor[]) => f(...xs))(matrices.map((matrix) => tf.tensor2d(matrix)));
      return { value: value.dataSync()[0] as number, gradients: grads.map((gradient) => gradient.arraySync() as number[][]) };
    }),
  );

/** softmax of one row, in double precision. */
export const softmax = (row: readonly number[], temperature = 1): number[] => {
  const scaled = row.map((z) => Math.exp(z / temperature));
  const sum = scaled.reduce((total, x) => total + x, 0);
  return scaled.map((x) => x / sum);
};

/** Entry by entry over two matrices. */
export const zip = (
  a: readonly (readonly number[])[],
  b: readonly (readonly number[])[],
  f: (x: number, y: number) => number,
): number[][] => a.map((row, i) => row.map((x, j) => f(x, (b[i] as number[])[j] as number)));

/** Largest difference between two matrices. */
export const distance = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number =>
  Math.max(...zip(a, b, (x, y) => Math.abs(x - y)).flat());
