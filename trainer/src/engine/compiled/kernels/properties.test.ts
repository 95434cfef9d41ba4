import fc from 'fast-check';
import { describe, it } from 'vitest';
import { tf } from '../../tf.ts';
import { activation } from '../testing/kernel-cases.ts';
import { expectParity, rounding, useEngines } from '../testing/parity.ts';

const engines = useEngines();

const extent = fc.constantFrom(1, 2, 3, 5);
const channels = fc.constantFrom(1, 3, 8, 16, 20, 32);
/** The same cases in every run of the tests; compiling is what takes the time. */
const runs = { numRuns: 25, seed: 1, endOnFailure: true };

/** Shapes that broadcast: some axes of either made 1, leading ones of one left out. */
const pair = fc
  .tuple(
    fc.array(extent, { maxLength: 3 }),
    channels,
    fc.array(fc.constantFrom('both', 'first', 'second'), { minLength: 4, maxLength: 4 }),
    fc.nat(3),
  )
  .map(([space, last, spread, dropped]) => {
    const full = [...space, last];
    const kept = (side: string) => full.map((own, axis) => (spread[axis] === side || spread[axis] === 'both' ? own : 1));
    return [kept('first'), kept('second').slice(Math.min(dropped, full.length - 1))] as const;
  });

const windowed = fc.record({
  batch: fc.integer({ min: 1, max: 3 }),
  height: fc.integer({ min: 1, max: 8 }),
  width: fc.integer({ min: 3, max: 8 }),
  inputs: channels,
  outputs: channels,
  kernel: fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  strides: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 })),
  pad: fc.constantFrom('same', 'valid'),
});

/** For each channel another number up to 1. */
const ramp = (x: tf.Tensor): tf.Tensor => tf.div(tf.range(1, (x.shape.at(-1) as number) + 1), x.shape.at(-1) as number);

/** What networks do to activations, in any order; each keeps the shape or makes it smaller. */
const LINKS: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  scale: (x) => tf.mul(x, ramp(x)),
  shift: (x) => tf.sub(x, tf.mul(ramp(x), 2)),
  relu: tf.relu,
  square: (x) => tf.mul(tf.square(x), 0.5),
  residual: (x) => tf.add(tf.mul(x, 0.5), tf.tanh(x)),
  centre: (x) => tf.sub(x, tf.mean(x, [0, 1, 2])),
  columns: (x) => tf.sub(x, tf.max(x, 3, true)),
  turned: (x) => tf.transpose(x, [0, 2, 1, 3]),
  joined: (x) => tf.slice(tf.concat([x, tf.neg(x)], 3), [0, 0, 0, 0], x.shape as [number, number, number, number]),
  padded: (x) =>
    tf.slice(
      tf.pad(x, [
        [0, 0],
        [1, 0],
        [0, 1],
        [0, 0],
      ]),
      [0, 0, 0, 0],
      x.shape,
    ),
  point: (x) =>
    tf.conv2d(x as tf.Tensor4D, tf.fill([1, 1, x.shape[3] as number, x.shape[3] as number], 1 / (x.shape[3] as number)), 1, 'same'),
};

describe('the compiled engine computes what the reference does', () => {
  it('for any two shapes that broadcast', async () => {
    const property = fc.asyncProperty(pair, async ([a, b]) => {
      await expectParity(
        engines,
        [{ shape: a }, { shape: b }],
        ([x, y]) => {
          const [p, q] = [activation(x as tf.Tensor), activation(y as tf.Tensor)];
          const product = (u: tf.Tensor, v: tf.Tensor) => tf.add(tf.mul(u, v), tf.sub(tf.maximum(u, v), u));
          return [product(p, q), ...tf.grads((u: tf.Tensor, v: tf.Tensor) => tf.mul(tf.add(u, v), u))([p, q])];
        },
        rounding(160, 2),
      );
    });
    await fc.assert(property, runs);
  });

  it('for convolutions of any extents, strides and paddings, and their gradients', async () => {
    const property = fc.asyncProperty(windowed, async ({ batch, height, width, inputs, outputs, kernel, strides, pad }) => {
      fc.pre(pad === 'same' || (kernel[0] <= height && kernel[1] <= width));
      const convolve = (x: tf.Tensor, w: tf.Tensor) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, strides, pad as 'same' | 'valid');
      const shape = [batch, height, width, inputs];
      const filter = [...kernel, inputs, outputs];
      await expectParity(
        engines,
        [{ shape }, { shape: filter }],
        ([x, w]) => {
          const y = convolve(x as tf.Tensor, w as tf.Tensor);
          // dy = y: the gradients' terms are sums of their own.
          return [y, ...tf.grads((u: tf.Tensor, v: tf.Tensor) => convolve(u, v))([x as tf.Tensor, w as tf.Tensor], tf.mul(y, 0.1))];
        },
        rounding(kernel[0] * kernel[1] * Math.max(inputs, outputs) + batch * height * width, 4),
      );
    });
    await fc.assert(property, runs);
  });

  it('for any chain of what networks do, in whichever layout it has come to lie, and its gradient', async () => {
    const chain = fc.array(fc.constantFrom(...Object.keys(LINKS)), { minLength: 2, maxLength: 6 });
    const property = fc.asyncProperty(chain, channels, extent, async (links, last, side) => {
      const shape = [2, side, side, last];
      const f = (x: tf.Tensor) => links.reduce((own, link) => (LINKS[link] as (y: tf.Tensor) => tf.Tensor)(own), activation(x));
      await expectParity(engines, [{ shape }], ([x]) => [f(x as tf.Tensor), tf.grad(f)(x as tf.Tensor)], rounding(64, 4));
    });
    await fc.assert(property, runs);
  });
});
