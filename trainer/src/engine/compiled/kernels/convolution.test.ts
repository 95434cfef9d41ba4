import { describe, it } from 'vitest';
import { tf } from '../../tf.ts';
import { expectParity, rounding, useEngines } from '../testing/parity.ts';

type Case = {
  batch: number;
  height: number;
  width: number;
  inputs: number;
  outputs: number;
  kernel: [number, number];
  strides: [number, number];
  pad: 'same' | 'valid' | [[0, 0], [number, number], [number, number], [0, 0]];
};

const base: Case = { batch: 2, height: 6, width: 6, inputs: 16, outputs: 16, kernel: [3, 3], strides: [1, 1], pad: 'same' };

/** Channels that fill blocks and ones that do not; pictures that strides divide and ones that they do not. */
const CASES: readonly Case[] = [
  base,
  { ...base, inputs: 3 },
  { ...base, inputs: 1, outputs: 32 },
  { ...base, inputs: 5, outputs: 7 },
  { ...base, inputs: 16, outputs: 10 },
  { ...base, inputs: 20, outputs: 16 },
  { ...base, inputs: 32, outputs: 16 },
  { ...base, inputs: 16, outputs: 48, batch: 3 },
  { ...base, strides: [2, 2] },
  { ...base, strides: [2, 2], inputs: 3, outputs: 16 },
  { ...base, strides: [2, 2], inputs: 5, outputs: 4 },
  { ...base, strides: [2, 2], height: 7, width: 5 },
  { ...base, strides: [2, 2], pad: 'valid', height: 7, width: 8 },
  { ...base, strides: [3, 2], height: 8, width: 9 },
  { ...base, strides: [1, 2], kernel: [1, 5], height: 1, width: 12 },
  { ...base, kernel: [1, 1] },
  { ...base, kernel: [1, 1], strides: [2, 2] },
  { ...base, kernel: [1, 1], strides: [2, 2], inputs: 16, outputs: 32, height: 5, width: 7 },
  { ...base, kernel: [1, 1], inputs: 32, outputs: 48, height: 2, width: 2, batch: 3 },
  { ...base, kernel: [1, 1], inputs: 16, outputs: 32, height: 3, width: 5, batch: 9 },
  { ...base, kernel: [1, 1], inputs: 3, height: 4, width: 4 },
  { ...base, kernel: [5, 3], pad: 'valid' },
  { ...base, kernel: [2, 2], strides: [2, 2], pad: 'valid' },
  { ...base, kernel: [4, 4], pad: 'same' },
  {
    ...base,
    pad: [
      [0, 0],
      [2, 1],
      [0, 2],
      [0, 0],
    ],
  },
  { ...base, batch: 11 },
  { ...base, batch: 20, height: 4, width: 4 },
  { ...base, batch: 1 },
  { ...base, kernel: [1, 2], outputs: 32, height: 32, width: 32 },
];

const title = ({ batch, height, width, inputs, outputs, kernel, strides, pad }: Case) =>
  `${batch}×${height}×${width}×${inputs} by ${kernel.join('×')} to ${outputs}, strides ${strides}, pad ${pad}`;

describe('convolution and its two gradients', () => {
  const engines = useEngines();
  it.each(CASES.map((own) => [title(own), own] as const))('%s', async (_title, own) => {
    const { batch, height, width, inputs, outputs, kernel, strides, pad } = own;
    const convolve = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad);
    const shape = tf.tidy(() => convolve(tf.zeros([batch, height, width, inputs]), tf.zeros([...kernel, inputs, outputs])).shape);
    const given = [{ shape: [batch, height, width, inputs] }, { shape: [...kernel, inputs, outputs] }, { shape }];
    const terms = Math.max(kernel[0] * kernel[1] * Math.max(inputs, outputs), batch * (shape[1] as number) * (shape[2] as number));
    await expectParity(
      engines,
      given,
      ([x, w, dy]) => {
        const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => convolve(a, b))([x as tf.Tensor, w as tf.Tensor], dy as tf.Tensor);
        return [convolve(x as tf.Tensor, w as tf.Tensor), ...gradients];
      },
      rounding(terms),
    );
  });
});

describe('dilated convolution', () => {
  const engines = useEngines();
  // TensorFlow.js has no gradient for these.
  const cases = [
    { inputs: 16, outputs: 16, dilations: [2, 2] },
    { inputs: 3, outputs: 5, dilations: [2, 1] },
    { inputs: 32, outputs: 16, dilations: [1, 3] },
  ] as const;
  it.each(cases)('$inputs to $outputs channels, dilations $dilations', async ({ inputs, outputs, dilations }) => {
    await expectParity(
      engines,
      [{ shape: [2, 8, 8, inputs] }, { shape: [3, 3, inputs, outputs] }],
      ([x, w]) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, 1, 'same', 'NHWC', [...dilations]),
      rounding(9 * inputs),
    );
  });
});

describe('depthwise convolution and its two gradients', () => {
  const engines = useEngines();
  const cases = [
    { channels: 16, multiplier: 1, stride: 1, size: 6, pad: 'same' },
    { channels: 32, multiplier: 1, stride: 2, size: 6, pad: 'same' },
    { channels: 16, multiplier: 1, stride: 2, size: 7, pad: 'same' },
    { channels: 16, multiplier: 1, stride: 2, size: 7, pad: 'valid' },
    { channels: 16, multiplier: 1, stride: 1, size: 5, pad: 'valid' },
    { channels: 6, multiplier: 1, stride: 1, size: 5, pad: 'same' },
    { channels: 6, multiplier: 1, stride: 2, size: 6, pad: 'same' },
    { channels: 4, multiplier: 2, stride: 1, size: 5, pad: 'same' },
  ] as const;
  it.each(cases)(
    '$channels channels × $multiplier, stride $stride, size $size, $pad',
    async ({ channels, multiplier, stride, size, pad }) => {
      const convolve = (x: tf.Tensor, w: tf.Tensor) => tf.depthwiseConv2d(x as tf.Tensor4D, w as tf.Tensor4D, stride, pad);
      const shape = tf.tidy(() => convolve(tf.zeros([3, size, size, channels]), tf.zeros([3, 3, channels, multiplier])).shape);
      await expectParity(
        engines,
        [{ shape: [3, size, size, channels] }, { shape: [3, 3, channels, multiplier] }, { shape }],
        ([x, w, dy]) => {
          const gradients = tf.grads((a: tf.Tensor, b: tf.Tensor) => convolve(a, b))([x as tf.Tensor, w as tf.Tensor], dy as tf.Tensor);
          return [convolve(x as tf.Tensor, w as tf.Tensor), ...gradients];
        },
        rounding(3 * size * size),
      );
    },
  );
});
