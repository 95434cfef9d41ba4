import type { Network } from '../../nn/network.ts';
import { Stream } from '../../random/stream.ts';
import type { Tensors } from '../predict.ts';
import type { Group, Slot } from './structure.ts';

/** By group: the neuron that comes to each place. */
export type Permutations = ReadonlyMap<string, Int32Array>;

type Placed = { readonly data: Float32Array; readonly shape: readonly number[]; readonly offset: number };

/** Where a network's tensors lie in a flat vector, by name. */
export const placesOf = (items: Network['parameters'] | Network['statistics'], data: Float32Array): [string, Placed][] => {
  let offset = 0;
  return items.map(({ name, shape }) => {
    const placed = { data, shape, offset };
    offset += shape.reduce((product, extent) => product * extent, 1);
    return [name, placed];
  });
};

const reorder = ({ data, shape, offset }: Placed, { axis, from }: Slot, permutation: Int32Array): void => {
  const size = shape.reduce((product, extent) => product * extent, 1);
  const extent = shape[axis] as number;
  const stride = shape.slice(axis + 1).reduce((product, one) => product * one, 1);
  const before = data.slice(offset, offset + size);
  for (let outer = 0; outer < size; outer += extent * stride) {
    permutation.forEach((source, place) => {
      const to = outer + (from + place) * stride;
      const at = outer + (from + source) * stride;
      data.set(before.subarray(at, at + stride), offset + to);
    });
  }
};

/** The same network with its neurons in another order: it computes the same. */
export const permute = (
  network: Network,
  { weights, statistics }: Tensors,
  groups: readonly Group[],
  permutations: Permutations,
): Tensors => {
  const moved = { weights: weights.slice(), statistics: statistics.slice() };
  const tensors = new Map([...placesOf(network.parameters, moved.weights), ...placesOf(network.statistics, moved.statistics)]);
  for (const { name, slots } of groups) {
    const permutation = permutations.get(name);
    if (permutation === undefined) continue;
    for (const slot of slots) {
      const tensor = tensors.get(slot.tensor);
      if (tensor === undefined) throw new Error(`${network.model} has no tensor ${slot.tensor}, which the group ${name} names`);
      reorder(tensor, slot, permutation);
    }
  }
  return moved;
};

/** A permutation of every group, drawn. */
export const drawPermutations = (groups: readonly Group[], seed: number): Permutations =>
  new Map(
    groups.map(({ name, size }, index) => {
      const order = Int32Array.from({ length: size }, (_, neuron) => neuron);
      new Stream(seed, 'shuffle', index).shuffle(order);
      return [name, order];
    }),
  );
