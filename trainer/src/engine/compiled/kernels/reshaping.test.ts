import { describe, it } from 'vitest';
import { tf } from '../../tf.ts';
import { type Compute, expectParity, type Given, rounding, useEngines } from '../testing/parity.ts';

const engines = useEngines();

const convolved = (x: tf.Tensor): tf.Tensor => {
  const channels = x.shape.at(-1) as number;
  return tf.conv2d(x as tf.Tensor4D, tf.reshape(tf.eye(channels), [1, 1, channels, channels]) as tf.Tensor4D, 1, 'same');
};

const t = (tensors: readonly (tf.Tensor | undefined)[], index: number): tf.Tensor => tensors[index] as tf.Tensor;

describe('reductions', () => {
  const AXES: readonly (number[] | undefined)[] = [undefined, [0], [3], [1, 2], [0, 1, 2], [0, 3], [1], [0, 1, 2, 3]];
  it.each<[string, (x: tf.Tensor, axis: number[] | undefined, keep: boolean) => tf.Tensor]>([
    ['sum', tf.sum],
    ['mean', tf.mean],
    ['max', tf.max],
    ['min', tf.min],
    ['prod', (x, axis, keep) => tf.prod(tf.add(1, tf.mul(x, 0.01)), axis, keep)],
    ['variance', (x, axis, keep) => tf.moments(x, axis, keep).variance],
    ['logSumExp', tf.logSumExp],
  ])('%s over any axes, kept or dropped', async (_name, f) => {
    for (const axis of AXES) {
      for (const keep of [false, true]) {
        await expectParity(
          engines,
          [{ shape: [2, 3, 3, 16] }],
          ([x]) => [f(x as tf.Tensor, axis, keep), f(convolved(x as tf.Tensor), axis, keep)],
          rounding(288),
        );
      }
    }
  });

  it.each<[string, (x: tf.Tensor) => tf.Tensor]>([
    ['mean over the picture', (x) => tf.mean(x, [1, 2])],
    ['mean of all', (x) => tf.mean(x)],
    ['sum over batch and picture', (x) => tf.sum(x, [0, 1, 2])],
    ['max over channels', (x) => tf.max(x, 3)],
    ['sum of squares', (x) => tf.sum(tf.square(x))],
  ])('gradient of the %s', async (_name, f) => {
    await expectParity(
      engines,
      [{ shape: [2, 3, 3, 16] }],
      ([x]) => tf.grad((own: tf.Tensor) => f(convolved(own)))(x as tf.Tensor),
      rounding(16),
    );
  });

  it('all, any, argMax and argMin', async () => {
    await expectParity(
      engines,
      [{ shape: [4, 5] }],
      ([x]) => {
        const high = tf.greater(x as tf.Tensor, 0.4);
        return [
          tf.argMax(x as tf.Tensor, 1),
          tf.argMin(x as tf.Tensor, 0),
          tf.cast(tf.any(high, 1), 'int32'),
          tf.cast(tf.all(high, 0), 'int32'),
        ];
      },
      0,
    );
  });
});

describe('shapes', () => {
  const image: Given = { shape: [2, 4, 4, 16] };
  it.each<[string, readonly Given[], Compute]>([
    [
      'reshape of channels-first tensors',
      [image],
      ([x]) => [tf.reshape(convolved(x as tf.Tensor), [2, 16, 16]), tf.reshape(convolved(x as tf.Tensor), [2, 256])],
    ],
    ['transpose', [image], (x) => [tf.transpose(t(x, 0), [0, 3, 1, 2]), tf.transpose(convolved(t(x, 0)), [1, 0, 3, 2])]],
    ['expandDims and squeeze', [{ shape: [3, 4] }], (x) => tf.squeeze(tf.expandDims(tf.expandDims(t(x, 0), 0), -1), [0])],
    ['concat of channels', [image, image], (x) => tf.concat([convolved(t(x, 0)), convolved(t(x, 1))], 3)],
    [
      'concat of channels that fill no blocks',
      [image, { shape: [2, 4, 4, 5] }],
      (x) => tf.concat([convolved(t(x, 0)), convolved(t(x, 1))], 3),
    ],
    [
      'concat of images and of rows',
      [image, image],
      (x) => [tf.concat([convolved(t(x, 0)), convolved(t(x, 1))], 0), tf.concat([t(x, 0), convolved(t(x, 1))], 1)],
    ],
    ['split of channels', [{ shape: [2, 4, 4, 32] }], (x) => tf.split(convolved(t(x, 0)), 2, 3)],
    ['uneven split', [{ shape: [7, 3] }], (x) => tf.split(t(x, 0), [2, 1, 4], 0)],
    ['split of a vector', [{ shape: [9] }], (x) => tf.split(t(x, 0), [4, 5])],
    ['stack and unstack', [{ shape: [3, 4] }, { shape: [3, 4] }], (x) => tf.unstack(tf.stack([t(x, 0), t(x, 1)], 1), 1)],
    [
      'slice',
      [image],
      (x) => [
        tf.slice(t(x, 0), [0, 1, 1, 2], [2, 2, 3, 5]),
        tf.slice(convolved(t(x, 0)), [1, 1, 0, 0], [1, 3, 4, 16]),
        tf.slice(convolved(t(x, 0)), [0, 1, 0, 3], [-1, 3, 4, 9]),
      ],
    ],
    ['stridedSlice', [image], (x) => tf.stridedSlice(t(x, 0), [0, 0, 1, 0], [2, 4, 4, 16], [1, 2, 2, 3])],
    [
      'constant padding',
      [image],
      (x) => [
        tf.pad(convolved(t(x, 0)), [
          [0, 0],
          [1, 2],
          [2, 0],
          [0, 0],
        ]),
        tf.pad(
          convolved(t(x, 0)),
          [
            [0, 0],
            [0, 0],
            [0, 0],
            [3, 4],
          ],
          0.5,
        ),
      ],
    ],
    ['tile', [{ shape: [2, 3] }], (x) => [tf.tile(t(x, 0), [2, 3]), tf.tile(tf.reshape(t(x, 0), [2, 3, 1]), [1, 1, 4])]],
    ['broadcastTo', [{ shape: [3, 1] }], (x) => tf.broadcastTo(t(x, 0), [2, 3, 4])],
    ['reverse', [{ shape: [4, 5] }], (x) => [tf.reverse(t(x, 0), 1), tf.reverse(t(x, 0), [0, 1])]],
    [
      'gather',
      [{ shape: [6, 3] }, { shape: [4], low: 0, high: 6, integers: true }],
      (x) => [tf.gather(t(x, 0), t(x, 1) as tf.Tensor1D), tf.gather(tf.transpose(t(x, 0)), t(x, 1) as tf.Tensor1D, 1)],
    ],
    ['oneHot', [{ shape: [5], low: 0, high: 4, integers: true }], (x) => tf.oneHot(t(x, 0) as tf.Tensor1D, 4, 2, -1)],
    [
      'zeros, ones, fill, range, linspace-free',
      [{ shape: [2, 3] }],
      (x) => [
        tf.add(t(x, 0), tf.onesLike(t(x, 0))),
        tf.add(t(x, 0), tf.fill([3], 2)),
        tf.mul(t(x, 0), tf.range(0, 3)),
        tf.add(tf.zeros([2, 2]), tf.mul(0, tf.sum(t(x, 0)))),
      ],
    ],
  ])('%s', async (_name, given, compute) => {
    await expectParity(engines, given, compute, rounding(16));
  });

  it.each<[string, readonly Given[], (x: tf.Tensor) => tf.Tensor]>([
    ['slice', [image], (x) => tf.slice(convolved(x), [0, 1, 1, 0], [2, 2, 3, 16])],
    [
      'padding',
      [image],
      (x) =>
        tf.pad(convolved(x), [
          [0, 0],
          [1, 2],
          [2, 0],
          [0, 0],
        ]),
    ],
    ['concat', [image], (x) => tf.concat([convolved(x), tf.mul(convolved(x), 2)], 3)],
    ['tile', [{ shape: [2, 3] }], (x) => tf.square(tf.tile(x, [2, 3]))],
    ['gather', [{ shape: [6, 3] }], (x) => tf.square(tf.gather(x, tf.tensor1d([0, 2, 2, 5], 'int32')))],
  ])('gradient of %s', async (_name, given, f) => {
    await expectParity(engines, given, ([x]) => tf.grad(f)(x as tf.Tensor), rounding(16, 4));
  });
});

describe('gathered channels', () => {
  const order = (channels: number) =>
    tf.tensor1d(
      [...Array(channels).keys()].map((k) => (3 * k + 1) % channels),
      'int32',
    );

  it.each([
    [2, 3, 3, 16],
    [2, 3, 3, 5],
    [2, 9, 16],
    [4, 6],
  ])('%j: moves every number unchanged, in any layout', async (...shape) => {
    const channels = shape.at(-1) as number;
    const gathered = (x: tf.Tensor) => tf.gather(x, order(channels), shape.length - 1);
    await expectParity(
      engines,
      [{ shape }],
      ([x]) => (shape.length === 4 ? [gathered(t([x], 0)), gathered(convolved(t([x], 0)))] : gathered(t([x], 0))),
      0,
    );
  });

  it.each([16, 5])('gradient of the distance to %d channels in another order', async (channels) => {
    const image = { shape: [2, 3, 3, channels] };
    await expectParity(
      engines,
      [image, image],
      ([x, y]) =>
        tf.grad((own: tf.Tensor) => tf.mean(tf.square(tf.sub(convolved(own), tf.gather(convolved(t([y], 0)), order(channels), 3)))))(
          t([x], 0),
        ),
      rounding(16),
    );
  });
});

describe('matrix products', () => {
  it.each([
    [[3, 4], [4, 5], false, false],
    [[4, 3], [4, 5], true, false],
    [[3, 4], [5, 4], false, true],
    [[4, 3], [5, 4], true, true],
    [[2, 3, 4], [2, 4, 5], false, false],
    [[2, 4, 3], [2, 5, 4], true, true],
    [[2, 3, 3, 4], [2, 3, 4, 5], false, false],
  ] as const)('%j by %j, turned %s, %s, and the gradients', async (a, b, turnA, turnB) => {
    const product = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, turnA, turnB);
    await expectParity(
      engines,
      [{ shape: a }, { shape: b }],
      ([x, y]) => [
        product(t([x], 0), t([y], 0)),
        ...tf.grads((p: tf.Tensor, q: tf.Tensor) => tf.square(product(p, q)))([t([x], 0), t([y], 0)]),
      ],
      rounding(16, 4),
    );
  });
});

describe('pooling', () => {
  const windows = [
    [2, 2, 'valid'],
    [3, 2, 'same'],
    [3, 1, 'valid'],
  ] as const;
  it.each(windows)('max over %i × %i, %s, and its gradient, the first of equals taking it', async (size, stride, pad) => {
    const pool = (x: tf.Tensor) => tf.maxPool(tf.relu(convolved(x)) as tf.Tensor4D, size, stride, pad);
    await expectParity(
      engines,
      [{ shape: [2, 7, 6, 16] }],
      ([x]) => [pool(t([x], 0)), tf.grad((own: tf.Tensor) => tf.square(pool(own)))(t([x], 0))],
      rounding(16, 2),
    );
  });
  it.each(windows)('mean over %i × %i, %s, and its gradient', async (size, stride, pad) => {
    const pool = (x: tf.Tensor) => tf.avgPool(convolved(x) as tf.Tensor4D, size, stride, pad);
    await expectParity(
      engines,
      [{ shape: [2, 7, 6, 16] }],
      ([x]) => [pool(t([x], 0)), tf.grad((own: tf.Tensor) => tf.square(pool(own)))(t([x], 0))],
      rounding(16, 2),
    );
  });
});
