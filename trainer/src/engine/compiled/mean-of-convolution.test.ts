import { describe, expect, it } from 'vitest';
import { normaliseBatch } from '../../nn/batch-norm.ts';
import { tf } from '../tf.ts';
import { expectParity, rounding, useEngines } from './testing/parity.ts';
import { passes } from './testing/passes.ts';

const BATCH = 8;

type Case = { inputs: number; outputs: number; kernel: number; stride: number; depthwise?: boolean };

const CASES: readonly Case[] = [
  { inputs: 16, outputs: 32, kernel: 1, stride: 1 },
  { inputs: 16, outputs: 16, kernel: 1, stride: 2 },
  { inputs: 32, outputs: 16, kernel: 3, stride: 1 },
  { inputs: 16, outputs: 16, kernel: 3, stride: 2 },
  { inputs: 3, outputs: 16, kernel: 3, stride: 1 },
  { inputs: 3, outputs: 16, kernel: 1, stride: 1 },
  { inputs: 32, outputs: 32, kernel: 3, stride: 1, depthwise: true },
  { inputs: 16, outputs: 16, kernel: 3, stride: 2, depthwise: true },
  { inputs: 16, outputs: 10, kernel: 3, stride: 1 },
];

const title = ({ inputs, outputs, kernel, stride, depthwise }: Case) =>
  `${depthwise ? 'depthwise ' : ''}${kernel}×${kernel}, ${inputs} to ${outputs} channels, stride ${stride}`;

const filterShape = ({ inputs, outputs, kernel, depthwise }: Case) => [kernel, kernel, inputs, depthwise ? 1 : outputs];

const convolve = ({ depthwise, stride }: Case, x: tf.Tensor, filter: tf.Tensor): tf.Tensor =>
  depthwise
    ? tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 'same')
    : tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, 'same');

describe('the mean of a convolution, from the mean of what it convolves', () => {
  const engines = useEngines();
  // Pictures far from zero: what the mean is subtracted from is much larger than what remains.
  it.each(CASES.map((own) => [title(own), own] as const))('%s: mean and centred numbers as the reference has them', (_title, own) =>
    expectParity(
      engines,
      [{ shape: [BATCH, 6, 5, own.inputs], low: 3, high: 4 }, { shape: filterShape(own) }],
      ([x, filter]) => {
        const y = convolve(own, x as tf.Tensor, filter as tf.Tensor);
        const mean = tf.mean(y, [0, 1, 2]);
        const centred = tf.sub(y, mean);
        return [mean, centred, tf.mean(tf.square(centred), [0, 1, 2])];
      },
      [1, 1, 4].map((times) => times * rounding(own.kernel ** 2 * own.inputs, 16)),
    ),
  );

  it('is right where the convolution itself was computed before, too', () =>
    expectParity(
      engines,
      [{ shape: [BATCH, 6, 5, 16] }, { shape: [3, 3, 16, 16] }],
      ([x, filter]) => {
        const y = convolve({ inputs: 16, outputs: 16, kernel: 3, stride: 1 }, x as tf.Tensor, filter as tf.Tensor);
        return [tf.abs(y), tf.mean(y, [0, 1, 2]), tf.sub(y, tf.mean(y, [0, 1, 2]))];
      },
      rounding(9 * 16, 4),
    ));
});

describe('a batch norm after a convolution goes over the activations', () => {
  const normalised = (own: Case, batch: number) =>
    passes(
      { x: [batch, 6, 6, own.inputs], filter: filterShape(own), scale: [own.outputs], shift: [own.outputs] },
      batch,
      ({ x, filter, scale, shift }) =>
        tf.relu(normaliseBatch(convolve(own, x as tf.Tensor, filter as tf.Tensor), scale as tf.Tensor, shift as tf.Tensor).value),
    );

  it.each(CASES.slice(0, -1).map((own) => [title(own), own] as const))('%s: once to convolve and centre, once to scale', (_title, own) => {
    // Of a 1 × 1 convolution with strides, the pixels that it sees are gathered first: a quarter of them.
    const gathered = own.kernel === 1 && own.stride > 1 ? ['scale'] : [];
    expect(normalised(own, BATCH)).toEqual([...gathered, 'Conv', 'scale']);
  });

  it('once more where there are few images, of which the mean costs as much as they do', () =>
    expect(normalised({ inputs: 16, outputs: 16, kernel: 3, stride: 1 }, 2)).toEqual(['Conv', 'scale', 'scale']));
});
