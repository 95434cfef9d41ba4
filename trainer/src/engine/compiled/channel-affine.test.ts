import { describe, expect, it } from 'vitest';
import { parseModel } from '../../nn/models.ts';
import { tf } from '../tf.ts';
import { expectParity, rounding, useEngines } from './testing/parity.ts';
import { CHANNELS, passes } from './testing/passes.ts';

type Operands = { x: tf.Tensor4D; filter: tf.Tensor4D; each: tf.Tensor4D; scale: tf.Tensor; shift: tf.Tensor };

const shapes = (channels: number) => ({
  x: [2, 5, 5, channels],
  filter: [3, 3, channels, channels],
  each: [3, 3, channels, 1],
  scale: [channels],
  shift: [channels],
});

const convolve = ({ x, filter }: Operands) => tf.conv2d(x, filter, 1, 'same');
const depthwise = ({ x, each }: Operands) => tf.depthwiseConv2d(x, each, 1, 'same');
const normalised = (y: tf.Tensor, { scale, shift }: Operands) => tf.add(tf.mul(y, scale), shift);
const gradient = (f: (own: Operands) => tf.Tensor, own: Operands) => tf.grad((x: tf.Tensor) => f({ ...own, x: x as tf.Tensor4D }))(own.x);

/** What is computed, and in how many passes over whole activations. */
const CASES: readonly (readonly [string, (own: Operands) => tf.Tensor, number])[] = [
  ['a scale, a shift and a ReLU', (own) => tf.relu(normalised(convolve(own), own)), 1],
  ['a ReLU alone', (own) => tf.relu6(convolve(own)), 1],
  ['a shortcut', (own) => tf.add(convolve(own), own.x), 1],
  ['a shortcut after a scale, with what follows both', (own) => tf.relu(tf.add(normalised(convolve(own), own), own.x)), 1],
  ['a scale and a shift, depthwise', (own) => tf.relu6(normalised(depthwise(own), own)), 1],
  ['another convolution', (own) => tf.add(tf.mul(convolve(own), own.scale), depthwise(own)), 2],
  [
    'two tensors, one of them scaled',
    (own) => {
      const [one, other] = [tf.relu(depthwise(own)), tf.relu6(convolve(own))];
      return tf.add(tf.add(tf.mul(one, own.scale), other), convolve({ ...own, x: one as tf.Tensor4D }));
    },
    4,
  ],
  ['in the gradient, a shortcut’s gradient', (own) => gradient((at) => tf.add(convolve(at), at.x), own), 1],
  ['in the gradient, a scale', (own) => tf.mul(gradient(depthwise, own), own.scale), 1],
  [
    'the end of a block once, which the next block normalises and adds again',
    (own) => {
      const end = tf.add(convolve(own), own.x);
      return tf.add(convolve({ ...own, x: tf.relu(normalised(end, own)) as tf.Tensor4D }), end);
    },
    3,
  ],
  [
    'nothing twice: what was computed already is used',
    (own) => {
      const y = convolve(own);
      return tf.mul(tf.mean(y), tf.relu(tf.add(y, own.shift)));
    },
    3,
  ],
];

/** A network in evaluation. */
const evaluated = (model: string): string[] => {
  const network = parseModel(model)([8, 8, 3], 10);
  const own = [...network.parameters, ...network.statistics];
  const shapesOf = Object.fromEntries([['x', [2, 8, 8, 3]], ...own.map(({ shape }, index) => [String(index), shape])]);
  return passes(shapesOf, 2, ({ x, ...rest }) => {
    const tensors = own.map((_, index) => rest[String(index)] as tf.Tensor);
    const split = network.parameters.length;
    return network.apply(tensors.slice(0, split), tensors.slice(split), x as tf.Tensor, 'evaluation').logits;
  });
};

describe('a convolution fuses', () => {
  const engines = useEngines();
  for (const [what, compute, count] of CASES) {
    it(`${what}`, () => expect(passes(shapes(CHANNELS), 2, (own) => compute(own as Operands))).toHaveLength(count));
    it.each([CHANNELS, 32, 5])(`${what}, as the reference computes it, %i channels`, (channels) =>
      expectParity(
        engines,
        Object.values(shapes(channels)).map((shape) => ({ shape })),
        ([x, filter, each, scale, shift]) => compute({ x, filter, each, scale, shift } as Operands),
        rounding(9 * channels, 4),
      ),
    );
  }
});

describe('a network in evaluation goes over its activations', () => {
  it.each([
    ['resnet-8', 11, 'the stem, six convolutions of three blocks, two shortcuts that halve the picture, and the pixels that these see'],
    ['mobilenet-0.5', 27, 'the stem, 13 depthwise convolutions, 13 pointwise ones'],
    ['wrn-10-1', 15, 'the stem, six convolutions, two shortcuts, the pixels that these see, and the norms before a block and the head'],
  ])('%s: %i times, for %s', (model, count) => expect(evaluated(model)).toHaveLength(count));
});
