import type { Engine, Signature, TensorData, TensorSpec } from '../../engine.ts';
import { sizeOf } from '../../signature.ts';
import type { tf } from '../../tf.ts';

/** A tensor to compute with: random numbers in [low, high), or the numbers given. */
export type Given = { readonly shape: readonly number[]; readonly low?: number; readonly high?: number; readonly integers?: boolean };

export type Compute = (tensors: tf.Tensor[]) => tf.Tensor | readonly tf.Tensor[];

/** Rounding unit of float32. */
const UNIT = 2 ** -24;

/**
 * How far two engines may lie apart that add up `terms` numbers of size `size` in different orders: a sum's rounding errors behave like a
 * random walk whose steps grow with the partial sums, so their deviation is about unit · size · terms / √2; this is eleven of them.
 */
export const rounding = (terms: number, size = 1): number => 8 * UNIT * Math.max(4, terms) * size;

/** Numbers that are equal on every machine: a linear congruential generator. */
export const randomNumbers = (count: number, seed: number, low = -1, high = 1): Float32Array => {
  let state = (seed * 2654435761 + 12345) >>> 0;
  return Float32Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return low + ((high - low) * state) / 2 ** 32;
  });
};

const specOf = ({ shape, integers }: Given): TensorSpec => ({ shape, dtype: integers === true ? 'int32' : 'float32' });

const numbersOf = ({ shape, low, high, integers }: Given, seed: number): TensorData => {
  const numbers = randomNumbers(sizeOf(shape), seed, low, high);
  return integers === true ? Int32Array.from(numbers, Math.floor) : numbers;
};

/** Runs a function of tensors as a program of that engine. */
export const runOn = async (engine: Engine, given: readonly Given[], compute: Compute, seed = 1): Promise<TensorData[]> => {
  const names = given.map((_, index) => `x${index}`);
  const inputs = Object.fromEntries(given.map((own, index) => [`x${index}`, specOf(own)]));
  const data = Object.fromEntries(given.map((own, index) => [`x${index}`, numbersOf(own, seed + index)]));
  const signature: Signature = { state: {}, inputs };
  const program = await engine.prepare('parity', signature, (_state, tensors) => {
    const results = compute(names.map((name) => tensors[name] as tf.Tensor));
    const list: readonly tf.Tensor[] = Array.isArray(results) ? results : [results as tf.Tensor];
    return { state: {}, outputs: Object.fromEntries(list.map((tensor, index) => [`y${index}`, tensor])) };
  });
  const state = engine.createState({});
  const outputs = await program.run(state, data);
  state.dispose();
  await program.dispose();
  return Object.values(outputs);
};

/** Largest distance of two lists of numbers; infinite where their lengths differ, or one is not finite and the other not the same. */
export const distance = (a: TensorData, b: TensorData): number => {
  let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
  for (let k = 0; k < a.length; k++) {
    const [x, y] = [a[k] as number, b[k] as number];
    if (Object.is(x, y)) continue;
    const own = Math.abs(x - y);
    largest = Math.max(largest, Number.isNaN(own) ? Number.POSITIVE_INFINITY : own);
  }
  return largest;
};
