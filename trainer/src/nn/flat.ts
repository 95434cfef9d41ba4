import { tf } from '../engine/tf.ts';

type Shaped = { readonly shape: readonly number[] };

const size = ({ shape }: Shaped) => shape.reduce((product, extent) => product * extent, 1);

/** Cuts a vector into consecutive vectors of the given lengths. */
export const cut = (vector: tf.Tensor, lengths: readonly number[]): tf.Tensor[] =>
  lengths.length === 1 ? [vector] : tf.split(vector, [...lengths], 0);

/** The tensors that a flat vector holds one after the other. */
export const unflatten = (vector: tf.Tensor, items: readonly Shaped[]): tf.Tensor[] =>
  cut(vector, items.map(size)).map((part, index) => tf.reshape(part, [...(items[index] as Shaped).shape]));

/** One vector of all tensors' numbers, in order. */
export const flattenAll = (tensors: readonly tf.Tensor[]): tf.Tensor => join(tensors.map((tensor) => tf.reshape(tensor, [tensor.size])));

/** One vector of several. */
export const join = (vectors: readonly tf.Tensor[]): tf.Tensor =>
  vectors.length === 1 ? (vectors[0] as tf.Tensor) : tf.concat([...vectors], 0);
