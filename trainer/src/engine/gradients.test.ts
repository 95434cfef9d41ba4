import { describe, expect, it, vi } from 'vitest';
import { normaliseBatch } from '../nn/batch-norm.ts';
import { KERNELS } from './compiled/kernels/register.ts';
import { randomNumbers } from './compiled/testing/run.ts';
import { sizeOf } from './signature.ts';
import { tf } from './tf.ts';
import { withBackend } from './with-backend.ts';

/** A function of tensors; its output's numbers are sums of about `terms` numbers. */
type Case = {
  readonly shapes: readonly (readonly number[])[];
  readonly f: (...tensors: tf.Tensor[]) => tf.Tensor;
  readonly terms: number;
  /** Where the function has kinks or poles: keeps the numbers away from them. */
  readonly place?: (numbers: Float32Array) => Float32Array;
};

const STEP = 2 ** -6;
/** Entries of each tensor whose derivative is taken. */
const CHECKED = 5;
const UNIT = 2 ** -24;

const t4 = (x: tf.Tensor | undefined) => x as tf.Tensor4D;

/** Numbers that all lie further apart than any step: their order, which a maximum depends on, stays. */
const apart = (numbers: Float32Array): Float32Array => {
  const order = Array.from(numbers.keys()).sort((a, b) => (numbers[a] as number) - (numbers[b] as number));
  const placed = new Float32Array(numbers.length);
  for (const [rank, index] of order.entries()) placed[index] = (rank - numbers.length / 2) * 6 * STEP;
  return placed;
};
/** Further from 0 than any step. */
const offZero = (numbers: Float32Array): Float32Array => numbers.map((x) => x + Math.sign(x) * 4 * STEP);
const positive = (numbers: Float32Array): Float32Array => numbers.map((x) => 1.5 + x);

const image = [2, 5, 5, 3] as const;

const CASES: Readonly<Record<string, Case>> = {
  'convolution, same': { shapes: [image, [3, 3, 3, 2]], f: (x, w) => tf.conv2d(t4(x), t4(w), 1, 'same'), terms: 27 },
  'convolution, stride 2': { shapes: [image, [3, 3, 3, 2]], f: (x, w) => tf.conv2d(t4(x), t4(w), 2, 'same'), terms: 27 },
  'convolution, valid': { shapes: [image, [2, 4, 3, 2]], f: (x, w) => tf.conv2d(t4(x), t4(w), [1, 2], 'valid'), terms: 24 },
  'convolution along time': {
    shapes: [
      [2, 9, 4],
      [5, 4, 3],
    ],
    f: (x, w) => tf.conv1d(x as tf.Tensor3D, w as tf.Tensor3D, 2, 'same'),
    terms: 20,
  },
  'transposed convolution': {
    shapes: [
      [2, 3, 3, 2],
      [3, 3, 3, 2],
    ],
    f: (x, w) => tf.conv2dTranspose(t4(x), t4(w), [2, 6, 6, 3], 2, 'same'),
    terms: 18,
  },
  'depthwise convolution': { shapes: [image, [3, 3, 3, 1]], f: (x, w) => tf.depthwiseConv2d(t4(x), t4(w), 2, 'same'), terms: 9 },
  'mean pooling': { shapes: [[2, 6, 6, 3]], f: (x) => tf.avgPool(t4(x), 3, 2, 'valid'), terms: 9 },
  'mean pooling, same': { shapes: [[2, 5, 6, 3]], f: (x) => tf.avgPool(t4(x), 3, 1, 'same'), terms: 9 },
  'mean pooling, same, stride 2': { shapes: [[2, 5, 6, 3]], f: (x) => tf.avgPool(t4(x), [3, 2], 2, 'same'), terms: 6 },
  'mean pooling, padding by number': { shapes: [[2, 5, 6, 3]], f: (x) => tf.avgPool(t4(x), 3, 2, 1, 'floor'), terms: 9 },
  'max pooling': { shapes: [[1, 6, 6, 2]], f: (x) => tf.maxPool(t4(x), 2, 2, 'same'), terms: 4, place: apart },
  'batch norm': {
    shapes: [[3, 2, 2, 4], [4], [4]],
    f: (x, a, b) => normaliseBatch(x as tf.Tensor, a as tf.Tensor, b as tf.Tensor).value,
    terms: 24,
  },
  'matrix product': {
    shapes: [
      [3, 6],
      [6, 4],
    ],
    f: (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor),
    terms: 6,
  },
  'turned matrix product': {
    shapes: [
      [6, 3],
      [4, 6],
    ],
    f: (a, b) => tf.matMul(a as tf.Tensor, b as tf.Tensor, true, true),
    terms: 6,
  },
  softmax: { shapes: [[4, 6]], f: (x) => tf.softmax(x as tf.Tensor), terms: 6 },
  logSoftmax: { shapes: [[4, 6]], f: (x) => tf.logSoftmax(x as tf.Tensor), terms: 6 },
  logSumExp: { shapes: [[4, 6]], f: (x) => tf.logSumExp(x as tf.Tensor, 1), terms: 6 },
  sum: { shapes: [image], f: (x) => tf.sum(x as tf.Tensor, [0, 1, 2]), terms: 50 },
  mean: { shapes: [image], f: (x) => tf.mean(x as tf.Tensor, [1, 2]), terms: 25 },
  max: { shapes: [[3, 6]], f: (x) => tf.max(x as tf.Tensor, 1), terms: 4, place: apart },
  'broadcast sum': { shapes: [image, [3]], f: (a, b) => tf.add(a as tf.Tensor, b as tf.Tensor), terms: 4 },
  'broadcast product': { shapes: [image, [2, 1, 1, 3]], f: (a, b) => tf.mul(a as tf.Tensor, b as tf.Tensor), terms: 4 },
  quotient: { shapes: [[3, 4], [4]], f: (a, b) => tf.div(a as tf.Tensor, b as tf.Tensor), terms: 4, place: positive },
  relu: { shapes: [[3, 5]], f: (x) => tf.relu(x as tf.Tensor), terms: 4, place: offZero },
  relu6: { shapes: [[3, 5]], f: (x) => tf.relu6(x as tf.Tensor), terms: 4, place: offZero },
  'leaky relu': { shapes: [[3, 5]], f: (x) => tf.leakyRelu(x as tf.Tensor, 0.3), terms: 4, place: offZero },
  elu: { shapes: [[3, 5]], f: (x) => tf.elu(x as tf.Tensor), terms: 4, place: offZero },
  sigmoid: { shapes: [[3, 5]], f: (x) => tf.sigmoid(x as tf.Tensor), terms: 4 },
  tanh: { shapes: [[3, 5]], f: (x) => tf.tanh(x as tf.Tensor), terms: 4 },
  exp: { shapes: [[3, 5]], f: (x) => tf.exp(x as tf.Tensor), terms: 4 },
  log: { shapes: [[3, 5]], f: (x) => tf.log(x as tf.Tensor), terms: 4, place: positive },
  sqrt: { shapes: [[3, 5]], f: (x) => tf.sqrt(x as tf.Tensor), terms: 4, place: positive },
  rsqrt: { shapes: [[3, 5]], f: (x) => tf.rsqrt(x as tf.Tensor), terms: 4, place: positive },
  square: { shapes: [[3, 5]], f: (x) => tf.square(x as tf.Tensor), terms: 4 },
  abs: { shapes: [[3, 5]], f: (x) => tf.abs(x as tf.Tensor), terms: 4, place: offZero },
  clip: { shapes: [[3, 5]], f: (x) => tf.clipByValue(x as tf.Tensor, -0.25, 9), terms: 4, place: apart },
  slice: { shapes: [image], f: (x) => tf.slice(x as tf.Tensor, [0, 1, 1, 0], [2, 2, 3, 3]), terms: 4 },
  concat: { shapes: [image, [2, 5, 5, 2]], f: (a, b) => tf.concat([a as tf.Tensor, b as tf.Tensor], 3), terms: 4 },
  split: { shapes: [[9]], f: (x) => tf.mul((tf.split(x as tf.Tensor, [4, 4, 1]) as tf.Tensor[])[1] as tf.Tensor, 3), terms: 4 },
  padding: {
    shapes: [[3, 4]],
    f: (x) =>
      tf.pad(x as tf.Tensor, [
        [1, 0],
        [0, 2],
      ]),
    terms: 4,
  },
  transpose: { shapes: [[3, 4]], f: (x) => tf.transpose(x as tf.Tensor), terms: 4 },
  'parametric relu': { shapes: [[3, 5], [5]], f: (x, a) => tf.prelu(x as tf.Tensor, a as tf.Tensor), terms: 4, place: offZero },
  softplus: { shapes: [[3, 5]], f: (x) => tf.softplus(x as tf.Tensor), terms: 4 },
  reciprocal: { shapes: [[3, 5]], f: (x) => tf.reciprocal(x as tf.Tensor), terms: 4, place: positive },
  expm1: { shapes: [[3, 5]], f: (x) => tf.expm1(x as tf.Tensor), terms: 4 },
  log1p: { shapes: [[3, 5]], f: (x) => tf.log1p(x as tf.Tensor), terms: 4, place: positive },
  sin: { shapes: [[3, 5]], f: (x) => tf.sin(x as tf.Tensor), terms: 4 },
  cos: { shapes: [[3, 5]], f: (x) => tf.cos(x as tf.Tensor), terms: 4 },
  erf: { shapes: [[3, 5]], f: (x) => tf.erf(x as tf.Tensor), terms: 4 },
  neg: { shapes: [[3, 5]], f: (x) => tf.neg(x as tf.Tensor), terms: 4 },
  'broadcast difference': { shapes: [image, [3]], f: (a, b) => tf.sub(a as tf.Tensor, b as tf.Tensor), terms: 4 },
  power: { shapes: [[3, 4], [4]], f: (a, b) => tf.pow(a as tf.Tensor, b as tf.Tensor), terms: 4, place: positive },
  maximum: {
    shapes: [
      [3, 4],
      [3, 4],
    ],
    f: (a, b) => tf.maximum(a as tf.Tensor, tf.mul(b as tf.Tensor, -1.37)),
    terms: 4,
    place: apart,
  },
  minimum: {
    shapes: [
      [3, 4],
      [3, 4],
    ],
    f: (a, b) => tf.minimum(a as tf.Tensor, tf.mul(b as tf.Tensor, -1.37)),
    terms: 4,
    place: apart,
  },
  'squared difference': {
    shapes: [
      [3, 4],
      [3, 4],
    ],
    f: (a, b) => tf.squaredDifference(a as tf.Tensor, b as tf.Tensor),
    terms: 4,
  },
  'choice by a condition': {
    shapes: [
      [3, 4],
      [3, 4],
    ],
    f: (a, b) => tf.where(tf.tensor2d([1, 0, 0, 1, 1, 1, 0, 0, 1, 0, 1, 0], [3, 4], 'bool'), a as tf.Tensor, tf.square(b as tf.Tensor)),
    terms: 4,
  },
  'sum of several': {
    shapes: [
      [3, 4],
      [3, 4],
      [3, 4],
    ],
    f: (...own) => tf.addN(own.map(tf.square)),
    terms: 4,
  },
  min: { shapes: [[3, 6]], f: (x) => tf.min(x as tf.Tensor, 0), terms: 4, place: apart },
  prod: { shapes: [[3, 4]], f: (x) => tf.prod(x as tf.Tensor, 1), terms: 4, place: positive },
  tile: { shapes: [[2, 3]], f: (x) => tf.square(tf.tile(x as tf.Tensor, [2, 3])), terms: 4 },
  reverse: { shapes: [[4, 5]], f: (x) => tf.square(tf.reverse(x as tf.Tensor, [0, 1])), terms: 4 },
  'stack and unstack': {
    shapes: [
      [3, 4],
      [3, 4],
    ],
    f: (a, b) => tf.square(tf.unstack(tf.stack([a as tf.Tensor, b as tf.Tensor], 1), 0)[1] as tf.Tensor),
    terms: 4,
  },
  'batch norm by given statistics': {
    shapes: [image, [3], [3], [3], [3]],
    f: (x, mean, variance, shift, scale) =>
      tf.batchNorm(
        x as tf.Tensor,
        ...([mean, tf.add(tf.square(variance as tf.Tensor), 1), shift, scale] as [tf.Tensor1D, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D]),
      ),
    terms: 50,
  },
  'sums by segment': {
    shapes: [[6, 3]],
    f: (x) => tf.square(tf.unsortedSegmentSum(x as tf.Tensor, tf.tensor1d([0, 2, 2, 1, 0, 2], 'int32'), 4)),
    terms: 4,
  },
  'another axis': { shapes: [[3, 4]], f: (x) => tf.square(tf.expandDims(x as tf.Tensor, 1)), terms: 4 },
  gather: { shapes: [[6, 3]], f: (x) => tf.gather(x as tf.Tensor, tf.tensor1d([0, 2, 2, 5], 'int32')), terms: 4 },
};

/** Kernels whose results do not change, or jump: TensorFlow.js gives 0, but for FloorDiv, to which it gives the gradient of the quotient. */
const STEPWISE = [
  'ArgMax',
  'ArgMin',
  'Ceil',
  'Floor',
  'FloorDiv',
  'GreaterEqual',
  'IsFinite',
  'IsNan',
  'OneHot',
  'OnesLike',
  'Round',
  // Its gradient is that of what it rounds.
  'RoundToHalf',
  'Sign',
  'Step',
  'ZerosLike',
];

/** Σ c·f(x) and its gradients; the sum in double precision. */
const weighted = ({ f, shapes }: Case, inputs: readonly Float32Array[]) => {
  const tensors = () => inputs.map((data, index) => tf.tensor(data, [...(shapes[index] as readonly number[])]));
  const output = f(...tensors());
  const weights = randomNumbers(output.size, 5);
  const values = output.dataSync();
  const value = weights.reduce((sum, weight, k) => sum + weight * (values[k] as number), 0);
  const size = Math.max(1, ...values.map(Math.abs));
  const gradients = () =>
    tf
      .grads((...own: tf.Tensor[]) => f(...own))(tensors(), tf.tensor(weights, output.shape))
      .map((own) => own.dataSync() as Float32Array);
  return { value, size, count: output.size, gradients };
};

/**
 * The largest distance of a gradient from its central difference, as a multiple of what is allowed.
 *
 * D(h) = (L(x + h) − L(x − h)) / 2h is off by h²·L‴/6 + …, and D(2h) by four times that: their difference is three times D(h)'s own error. To
 * it comes rounding: every output is a rounded sum, and n of them, weighted, move L by about √n·unit·size·terms, which is divided by h;
 * what the gradient itself rounds is small beside that.
 */
const worst = (own: Case): number => {
  const place = own.place ?? ((numbers: Float32Array) => numbers);
  const inputs = own.shapes.map((shape, index) => place(randomNumbers(sizeOf(shape), 11 + index)));
  const { size, count, gradients } = weighted(own, inputs);
  const rounding = (8 * UNIT * Math.max(4, own.terms) * size * Math.sqrt(count)) / STEP;
  const ratios = gradients().flatMap((gradient, index) => {
    const input = inputs[index] as Float32Array;
    const stride = Math.max(1, Math.floor(input.length / CHECKED));
    return Array.from({ length: Math.ceil(input.length / stride) }, (_, place) => {
      const entry = place * stride;
      const at = (offset: number) => {
        const moved = input.with(entry, (input[entry] as number) + offset);
        return weighted(
          own,
          inputs.map((data, k) => (k === index ? moved : data)),
        ).value;
      };
      const difference = (h: number) => (at(h) - at(-h)) / (2 * h);
      const [near, far] = [difference(STEP), difference(2 * STEP)];
      const allowed = (1.5 * Math.abs(far - near)) / 3 + rounding;
      return Math.abs((gradient[entry] as number) - near) / allowed;
    });
  });
  return Math.max(...ratios);
};

const onCpu = <T>(run: () => T): T => withBackend('cpu', () => tf.tidy(run as () => T & tf.TensorContainer)) as T;

describe('gradients against central differences, on the reference engine', () => {
  it.each(Object.entries(CASES))('%s', (_name, own) => {
    expect(onCpu(() => worst(own))).toBeLessThanOrEqual(1);
  });

  it('have a case for every kernel that can be compiled and differentiated', () => {
    const asked = vi.spyOn(tf.engine(), 'runKernel');
    for (const own of Object.values(CASES)) onCpu(() => own.f(...own.shapes.map((shape) => tf.ones([...shape]))));
    const seen = new Set(asked.mock.calls.map(([kernel]) => kernel));
    asked.mockRestore();
    const differentiable = Object.keys(KERNELS).filter((kernel) => tf.getGradient(kernel) !== undefined && !STEPWISE.includes(kernel));
    expect(differentiable.filter((kernel) => !seen.has(kernel))).toEqual([]);
  });

  it('are held tightly enough to notice one that is one per cent too large', () => {
    const off = (factor: number) =>
      tf.customGrad((x, save) => {
        const value = tf.sigmoid(x as tf.Tensor);
        (save as tf.GradSaveFunc)([value]);
        const gradFunc = (dy: tf.Tensor, [y]: tf.Tensor[]) => tf.mul(tf.mul(dy, factor), tf.mul(y as tf.Tensor, tf.sub(1, y as tf.Tensor)));
        return { value, gradFunc };
      });
    const excess = (factor: number) => onCpu(() => worst({ shapes: [[3, 5]], f: (x) => off(factor)(x as tf.Tensor), terms: 4 }));
    expect(excess(1)).toBeLessThanOrEqual(1);
    expect(excess(1.01)).toBeGreaterThan(1);
  });
});
