import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import { expectParity, rounding, useEngines } from './testing/parity.ts';
import { passes } from './testing/passes.ts';

const [BATCH, CHANNELS] = [2, 16];

type Block = { readonly height: number; readonly width: number; readonly strides: readonly [[number, number], [number, number]] };

/** The gradient of a residual block's input: what the block's convolution and the shortcut's give back, added up. */
const gradient = (x: tf.Tensor, filter: tf.Tensor, point: tf.Tensor, { strides: [first, second] }: Block) =>
  tf.grad((at: tf.Tensor) => {
    const block = tf.conv2d(at as tf.Tensor4D, filter as tf.Tensor4D, first, 'same');
    const shortcut = tf.conv2d(at as tf.Tensor4D, point as tf.Tensor4D, second, 'same');
    return tf.add(tf.sum(tf.square(block)), tf.sum(tf.square(shortcut)));
  })(x);

const shapes = ({ height, width }: Block) => ({
  x: [BATCH, height, width, CHANNELS],
  filter: [3, 3, CHANNELS, CHANNELS],
  point: [1, 1, CHANNELS, CHANNELS],
});

const even: Block = {
  height: 6,
  width: 8,
  strides: [
    [2, 2],
    [2, 2],
  ],
};

const CASES: readonly (readonly [string, Block])[] = [
  ['extents that the strides divide', even],
  ['extents that they do not', { ...even, height: 5, width: 7 }],
  [
    'strides of one axis',
    {
      ...even,
      strides: [
        [1, 2],
        [1, 2],
      ],
    },
  ],
  [
    'strides that differ',
    {
      ...even,
      strides: [
        [2, 2],
        [2, 1],
      ],
    },
  ],
];

describe('the gradients of two convolutions with strides, added up', () => {
  const engines = useEngines();
  it.each(CASES)('%s: are as by the reference', (_, own) =>
    expectParity(
      engines,
      Object.values(shapes(own)).map((shape) => ({ shape })),
      ([x, filter, point]) => gradient(x as tf.Tensor, filter as tf.Tensor, point as tf.Tensor, own),
      rounding(9 * CHANNELS, 40),
    ),
  );

  it('are added phase by phase, in the convolutions: no pass adds them', () => {
    const nodes = (own: Block) =>
      passes(shapes(own), BATCH, ({ x, filter, point }) => gradient(x as tf.Tensor, filter as tf.Tensor, point as tf.Tensor, own));
    expect(nodes(even)).not.toContain('Add');
    expect(
      nodes({
        ...even,
        strides: [
          [2, 2],
          [2, 1],
        ],
      }),
    ).toContain('Add');
  });
});
