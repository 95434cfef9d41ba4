import { concatenate } from '../../nn/concatenate.ts';
import type { Network } from '../../nn/network.ts';

/** Which axes of which tensors a permutation of neurons acts on. */
export type Places = readonly (readonly [tensor: string, axis: number])[];

/** The copy's neuron π(a) is the network's neuron a. */
export type Planted = { readonly permutation: Int32Array; readonly places: Places };

export type Tensors = { readonly weights: Float32Array; readonly statistics: Float32Array };

const permute = (shape: readonly number[], values: Float32Array, axis: number, permutation: Int32Array): Float32Array => {
  const inner = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
  const extent = shape[axis] as number;
  const result = new Float32Array(values.length);
  for (let k = 0; k < values.length; k++) {
    const [outer, place, rest] = [Math.floor(k / (inner * extent)), Math.floor(k / inner) % extent, k % inner];
    result[(outer * extent + (permutation[place] as number)) * inner + rest] = values[k] as number;
  }
  return result;
};

/** A network's tensors with neurons permuted: where the places belong together, another way to write the same function. */
export const permutedCopy = (network: Network, { weights, statistics }: Tensors, planted: readonly Planted[]): Tensors => {
  const turn = (items: readonly { readonly name: string; readonly shape: readonly number[] }[], vector: Float32Array) => {
    let offset = 0;
    const parts = items.map(({ name, shape }) => {
      const size = shape.reduce((product, extent) => product * extent, 1);
      offset += size;
      let values: Float32Array = vector.slice(offset - size, offset);
      for (const { permutation, places } of planted) {
        for (const [tensor, axis] of places) if (tensor === name) values = permute(shape, values, axis, permutation);
      }
      return values;
    });
    return concatenate(parts);
  };
  return { weights: turn(network.parameters, weights), statistics: turn(network.statistics, statistics) };
};
