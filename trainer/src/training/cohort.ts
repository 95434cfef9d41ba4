import type { Precision } from '@studyhall/contract/spec/run-spec.ts';
import { concatenate } from '../nn/concatenate.ts';
import { initialStatistics, initialWeights } from '../nn/initialise.ts';
import type { Network } from '../nn/network.ts';
import { initialScaling, type ScalingState } from './loss-scaling.ts';
import type { Optimizer } from './optimizer.ts';
import { isScaled } from './precision.ts';

/** A network in its run: its index keys its first weights and names it in every report. */
export type Member = { readonly index: number; readonly view: string; readonly network: Network };

/** A network that is not trained any more, and its tensors. */
export type FrozenMember = {
  readonly view: string;
  readonly network: Network;
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
};

/** Flat vectors of all members, one after the other: what an engine keeps and a checkpoint stores. */
export type CohortState = {
  readonly weights: Float32Array;
  readonly statistics: Float32Array;
  /** The optimizer's vectors by slot, as long as the weights. */
  readonly slots: Readonly<Record<string, Float32Array>>;
  /** Absent where losses are not scaled. */
  readonly scaling?: ScalingState;
};

/** The state's vectors under the names that engines know them by. */
export const stateVectors = ({ slots, scaling, ...networks }: CohortState): Readonly<Record<string, Float32Array>> => ({
  ...networks,
  ...slots,
  ...scaling,
});

/** The other way round. */
export const cohortState = ({
  weights,
  statistics,
  lossScale,
  goodSteps,
  ...slots
}: Readonly<Record<string, Float32Array>>): CohortState => ({
  weights: weights as Float32Array,
  statistics: statistics ?? new Float32Array(0),
  slots,
  ...(lossScale !== undefined && goodSteps !== undefined && { scaling: { lossScale, goodSteps } }),
});

export const parameterCounts = (members: readonly { readonly network: Network }[]): number[] =>
  members.map(({ network }) => network.parameterCount);
export const statisticCounts = (members: readonly { readonly network: Network }[]): number[] =>
  members.map(({ network }) => network.statisticCount);

const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0);

export const totalParameters = (members: readonly { readonly network: Network }[]): number => sum(parameterCounts(members));
export const totalStatistics = (members: readonly { readonly network: Network }[]): number => sum(statisticCounts(members));

/** Cuts a flat vector of all members into one vector each; they share memory with it. */
export const sliceByMember = (vector: Float32Array, counts: readonly number[]): Float32Array[] => {
  let offset = 0;
  return counts.map((count) => {
    const part = vector.subarray(offset, offset + count);
    offset += count;
    return part;
  });
};

/** The state before the first step. */
export const initialState = (
  members: readonly Member[],
  seed: number,
  optimizer: Pick<Optimizer, 'slots'>,
  precision: Precision = 'FLOAT32',
): CohortState => ({
  weights: concatenate(members.map(({ network, index }) => initialWeights(network, seed, index))),
  statistics: concatenate(members.map(({ network }) => initialStatistics(network))),
  slots: Object.fromEntries(optimizer.slots.map((name) => [name, new Float32Array(totalParameters(members))])),
  ...(isScaled(precision) && { scaling: initialScaling(members.length) }),
});
