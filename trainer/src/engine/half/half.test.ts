import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../compiled/testing/run.ts';
import { eager } from '../eager.ts';
import type { Engine, EngineState, TensorData } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { tf } from '../tf.ts';
import { withBackend } from '../with-backend.ts';
import { roundedByArithmetic } from './by-arithmetic.ts';
import { expectRounding } from './expect-rounding.ts';
import { HALVES, type Half, roundTo } from './half.ts';
import { eagerly } from './kernel.ts';
import { rounded } from './rounded.ts';

const { POSITIVE_INFINITY: infinity } = Number;

/** From the formats' definition: 11 and 8 significant binary digits, the even one of two that are as near. */
const KNOWN: Readonly<Record<Half, readonly (readonly [number, number])[]>> = {
  float16: [
    [1.0001, 1],
    [1 + 2 ** -11, 1],
    [1 + 3 * 2 ** -11, 1 + 2 ** -9],
    [-(1 + 3 * 2 ** -11), -(1 + 2 ** -9)],
    [0.1, 0.0999755859375],
    [2049, 2048],
    [2051, 2052],
    // The largest, and what is nearer to the next that there would be.
    [65_504, 65_504],
    [65_519, 65_504],
    [65_520, infinity],
    [-1e6, -infinity],
    // The smallest normal one, the smallest there is, and half of it.
    [2 ** -14, 2 ** -14],
    [2 ** -24, 2 ** -24],
    [1.4 * 2 ** -24, 2 ** -24],
    [2 ** -25, 0],
    [3 * 2 ** -25, 2 ** -23],
    [1e-9, 0],
  ],
  bfloat16: [
    [1.001, 1],
    [1 + 2 ** -8, 1],
    [1 + 3 * 2 ** -8, 1 + 2 ** -6],
    [0.1, 0.10009765625],
    [65_520, 65_536],
    [1.001 * 2 ** 99, 2 ** 99],
    [3.4e38, infinity],
    [1.001 * 2 ** -99, 2 ** -99],
  ],
};

const onCpu = <T extends tf.TensorContainer>(run: () => T): T => withBackend('cpu', () => tf.tidy(run));

/** Of all sizes, from float16's smallest to beyond its largest. */
const numbers = randomNumbers(4000, 3).map((x, k) => x * 2 ** ((k % 50) - 30));

describe.each(HALVES)('rounding to %s', (format) => {
  it.each(KNOWN[format])('%d: %d', (x, expected) => {
    expect(Math.fround(roundTo(x, format))).toBe(Math.fround(expected));
  });

  it('leaves zeros, infinities and what is no number as they are', () => {
    for (const x of [0, -0, infinity, -infinity, Number.NaN]) expect(roundTo(x, format)).toBe(x);
  });

  it('is the same by arithmetic of float32', () => {
    const found = onCpu(() => roundedByArithmetic(eagerly(tf), tf.tensor1d(numbers), format).dataSync());
    // But for the sign of zeros.
    expect(Array.from(found, (x) => x + 0)).toEqual(Array.from(numbers, (x) => roundTo(x, format) + 0));
  });

  it('passes gradients on, rounded', () => {
    const factors = numbers.map((x) => x * 1.37);
    const gradient = onCpu(() => {
      const loss = (x: tf.Tensor) => tf.sum(tf.mul(rounded(x, format), tf.tensor1d(factors)));
      return tf.grad(loss)(tf.tensor1d(numbers)).dataSync();
    });
    expect([...gradient]).toEqual(Array.from(factors, (x) => roundTo(x, format)));
  });
});

describe('an engine', () => {
  it('that rounds may train in half precision; one that leaves numbers as they are is refused', async () => {
    await expectRounding(eager('cpu'), 'float16');
    const program = {
      compileMs: 0,
      run: async (_state: EngineState, { x }: Record<string, TensorData>) => ({ y: x as TensorData }),
      dispose: async () => {},
    };
    const careless: Engine = {
      ...eager('cpu'),
      name: 'careless',
      createState: (entries) => eager('cpu').createState(entries),
      prepare: async () => program,
    };
    await expect(expectRounding(careless, 'float16')).rejects.toThrow(
      new EngineError(
        'careless does not round to float16 here: 1.0010000467300415 came out as 1.0010000467300415. Take another engine, or training.precision FLOAT32',
      ),
    );
  });
});
