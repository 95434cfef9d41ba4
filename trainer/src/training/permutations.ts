import type { FeatureLayer } from '@studyhall/contract/spec/run-spec.ts';
import type { TensorSpec } from '../engine/engine.ts';
import { featureShape } from '../methods/feature-matching.ts';
import type { Member } from './cohort.ts';

/** Per pair of networks, by the name of the step's input: entry a is the peer's neuron that goes with the own neuron a. */
export type Permutations = Readonly<Record<string, Int32Array>>;

/** Name of the input that carries which neurons of the peer go with those of the network, both by their place in the cohort. */
export const permutationInput = (own: number, peer: number): string => `permutation.${own}.${peer}`;

export const isPermutationInput = (name: string): boolean => name.startsWith('permutation.');

/** Every two networks once, by their places in the cohort. */
export const pairs = (members: readonly Member[]): (readonly [own: number, peer: number])[] =>
  members.flatMap((_, own) => members.slice(own + 1).map((_member, offset) => [own, own + 1 + offset] as const));

/** Neurons (channels) of the layer, the same for all. */
export const neurons = (members: readonly Member[], layer: FeatureLayer): number =>
  featureShape((members[0] as Member).network, layer).at(-1) as number;

/** The inputs of a step that compares aligned features: one permutation for each network and each of its peers. */
export const permutationSpecs = (members: readonly Member[], layer: FeatureLayer): Record<string, TensorSpec> => {
  const spec: TensorSpec = { shape: [neurons(members, layer)], dtype: 'int32' };
  return Object.fromEntries(
    pairs(members).flatMap(([own, peer]) => [
      [permutationInput(own, peer), spec],
      [permutationInput(peer, own), spec],
    ]),
  );
};
