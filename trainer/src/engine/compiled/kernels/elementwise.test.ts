import { describe, it } from 'vitest';
import { tf } from '../../tf.ts';
import { type Compute, expectParity, rounding, useEngines } from '../testing/parity.ts';

const engines = useEngines();

const BINARY: readonly [string, (a: tf.Tensor, b: tf.Tensor) => tf.Tensor][] = [
  ['add', tf.add],
  ['sub', tf.sub],
  ['mul', tf.mul],
  ['div', (a, b) => tf.div(a, tf.add(b, 3))],
  ['maximum', tf.maximum],
  ['minimum', tf.minimum],
  ['squaredDifference', tf.squaredDifference],
  ['pow', (a, b) => tf.pow(tf.add(a, 2), b)],
  ['floorDiv', (a, b) => tf.floorDiv(tf.mul(a, 7), tf.add(b, 2))],
  ['greater', (a, b) => tf.cast(tf.greater(a, b), 'float32')],
  ['lessEqual', (a, b) => tf.cast(tf.lessEqual(a, b), 'float32')],
  ['where', (a, b) => tf.where(tf.less(a, b), a, tf.mul(b, 2))],
];

const SHAPES: readonly [number[], number[]][] = [
  [
    [3, 4],
    [3, 4],
  ],
  [[3, 4], [4]],
  [
    [3, 1],
    [1, 4],
  ],
  [[], [2, 3]],
  [
    [2, 3, 3, 16],
    [2, 3, 3, 16],
  ],
  [[2, 3, 3, 16], [16]],
  [
    [2, 3, 3, 16],
    [2, 1, 1, 16],
  ],
  [
    [2, 3, 3, 16],
    [2, 3, 3, 1],
  ],
  [[5], [2, 3, 3, 5]],
  [
    [1, 3, 1, 16],
    [2, 1, 3, 1],
  ],
];

/** A tensor that lies channels first where there are four axes: a convolution with the identity. */
const convolved = (x: tf.Tensor): tf.Tensor => {
  const channels = x.shape.at(-1) as number;
  if (x.rank !== 4) return x;
  return tf.conv2d(x as tf.Tensor4D, tf.reshape(tf.eye(channels), [1, 1, channels, channels]) as tf.Tensor4D, 1, 'same');
};

/** TensorFlow.js differentiates the others for equal shapes only, or not at all. */
const BROADCAST_GRADIENTS = new Set(['add', 'sub', 'mul', 'div']);
const SAME_SHAPE_GRADIENTS = new Set(['maximum', 'minimum', 'squaredDifference']);

describe('elementwise functions of two tensors', () => {
  it.each(BINARY)('%s, broadcast, and its gradients', async (name, f) => {
    for (const [a, b] of SHAPES) {
      const differentiable = BROADCAST_GRADIENTS.has(name) || (SAME_SHAPE_GRADIENTS.has(name) && a.join() === b.join());
      const compute: Compute = ([x, y]) => [
        f(convolved(x as tf.Tensor), y as tf.Tensor),
        ...(differentiable
          ? tf.grads((p: tf.Tensor, q: tf.Tensor) => f(convolved(p), convolved(q)))([x as tf.Tensor, y as tf.Tensor])
          : []),
      ];
      await expectParity(engines, [{ shape: a }, { shape: b }], compute, rounding(48, 4));
    }
  });
});

const UNARY: readonly [string, (x: tf.Tensor) => tf.Tensor, number][] = [
  ['relu', tf.relu, 1],
  ['relu6', (x) => tf.relu6(tf.mul(x, 9)), 9],
  ['leakyRelu', (x) => tf.leakyRelu(x, 0.3), 1],
  ['elu', tf.elu, 1],
  ['sigmoid', tf.sigmoid, 1],
  ['tanh', tf.tanh, 1],
  ['softplus', tf.softplus, 2],
  ['exp', tf.exp, 3],
  ['expm1', tf.expm1, 3],
  ['log', (x) => tf.log(tf.add(x, 1.5)), 2],
  ['log1p', (x) => tf.log1p(tf.mul(x, 0.5)), 2],
  ['sqrt', (x) => tf.sqrt(tf.add(x, 1.5)), 2],
  ['rsqrt', (x) => tf.rsqrt(tf.add(x, 1.5)), 4],
  ['square', tf.square, 2],
  ['reciprocal', (x) => tf.reciprocal(tf.add(x, 1.5)), 8],
  ['neg', tf.neg, 1],
  ['abs', tf.abs, 1],
  ['clipByValue', (x) => tf.clipByValue(x, -0.4, 0.6), 1],
  ['softmax', (x) => tf.softmax(x), 1],
  ['logSoftmax', (x) => tf.logSoftmax(x), 4],
  ['erf', tf.erf, 2],
  ['sin', tf.sin, 1],
];

describe('functions of one tensor', () => {
  it.each(UNARY)('%s and its gradient', async (_name, f, size) => {
    for (const shape of [[7], [3, 5], [2, 3, 3, 16]]) {
      await expectParity(
        engines,
        [{ shape }, { shape }],
        ([x, dy]) => [f(convolved(x as tf.Tensor)), tf.grad((own: tf.Tensor) => f(convolved(own)))(x as tf.Tensor, dy as tf.Tensor)],
        rounding(16, size),
      );
    }
  });

  it.each([
    ['floor', (x: tf.Tensor) => tf.floor(tf.mul(x, 5))],
    ['ceil', (x: tf.Tensor) => tf.ceil(tf.mul(x, 5))],
    ['round', (x: tf.Tensor) => tf.round(tf.mul(x, 5))],
    ['sign', (x: tf.Tensor) => tf.sign(x)],
    ['step', (x: tf.Tensor) => tf.step(x, 0.25)],
    ['cast to int32', (x: tf.Tensor) => tf.cast(tf.mul(x, 5), 'int32')],
    ['cast to bool', (x: tf.Tensor) => tf.cast(tf.cast(tf.relu(x), 'bool'), 'float32')],
    ['logical', (x: tf.Tensor) => tf.cast(tf.logicalOr(tf.greater(x, 0.5), tf.logicalNot(tf.greater(x, -0.5))), 'float32')],
  ] as const)('%s', async (_name, f) => {
    for (const shape of [[7], [2, 3, 3, 16]]) await expectParity(engines, [{ shape }], ([x]) => f(convolved(x as tf.Tensor)), 0);
  });
});

describe('scales, shifts, sums and ReLUs of channels, fused into one pass', () => {
  const shape = [2, 3, 3, 16];
  it.each<[string, (x: tf.Tensor, y: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor]>([
    ['x·a + b', (x, _y, a, b) => tf.add(tf.mul(x, a), b)],
    ['relu(x·a + b)', (x, _y, a, b) => tf.relu(tf.add(tf.mul(x, a), b))],
    ['relu(x·a + b + y)', (x, y, a, b) => tf.relu(tf.add(tf.add(tf.mul(x, a), b), y))],
    ['relu(y + (x·a + b))', (x, y, a, b) => tf.relu(tf.add(y, tf.add(tf.mul(x, a), b)))],
    ['(x − b)·a − (y·b − a)', (x, y, a, b) => tf.sub(tf.mul(tf.sub(x, b), a), tf.sub(tf.mul(y, b), a))],
    ['b − x', (x, _y, _a, b) => tf.sub(b, x)],
    ['relu6(x·9 + a) · b', (x, _y, a, b) => tf.mul(tf.relu6(tf.add(tf.mul(x, 9), a)), b)],
    ['x/2 + y/3 + x·a', (x, y, a) => tf.add(tf.add(tf.div(x, 2), tf.div(y, 3)), tf.mul(x, a))],
    ['−(x + a) squared', (x, _y, a) => tf.square(tf.neg(tf.add(x, a)))],
    ['mean of x·a over the picture', (x, _y, a) => tf.mean(tf.mul(x, a), [1, 2])],
    ['x·a on more pixels at once', (x, _y, a) => tf.relu(tf.mul(tf.reshape(x, [2, 9, 16]), a))],
  ])('%s and its gradients', async (_name, f) => {
    await expectParity(
      engines,
      [{ shape }, { shape }, { shape: [16] }, { shape: [16] }],
      ([x, y, a, b]) => [
        f(convolved(x as tf.Tensor), convolved(y as tf.Tensor), a as tf.Tensor, b as tf.Tensor),
        ...tf.grads((p: tf.Tensor, q: tf.Tensor, r: tf.Tensor, s: tf.Tensor) =>
          tf.add(f(convolved(p), convolved(q), r, s), tf.mul(0, tf.add(tf.sum(q), tf.add(tf.sum(r), tf.sum(s))))),
        )([x, y, a, b] as tf.Tensor[]),
      ],
      rounding(48, 9),
    );
  });
});
