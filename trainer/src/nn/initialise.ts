import { createHash } from 'node:crypto';
import { alive } from '../alive.ts';
import { Stream } from '../random/stream.ts';
import { concatenate } from './concatenate.ts';
import type { Initial, Statistic } from './layer.ts';
import type { Network } from './network.ts';

const fill = (values: Float32Array, initial: Initial, draw: Stream): void => {
  if (initial === 'zeros') return;
  if (initial === 'ones') {
    values.fill(1);
    return;
  }
  for (let k = 0; k < values.length; k++) values[k] = initial.normal * draw.normal();
};

const flat = (
  items: readonly { readonly shape: readonly number[]; readonly initial: Initial | Statistic['initial'] }[],
  stream: (index: number) => Stream,
) => {
  const parts = items.map(({ shape, initial }, index) => {
    const values = new Float32Array(shape.reduce((product, extent) => product * extent, 1));
    fill(values, initial, stream(index));
    alive();
    return values;
  });
  return concatenate(parts);
};

/**
 * A network's first weights, as one vector in the order of its parameters. They depend on the run's seed, the network's index in the run
 * and its architecture, on nothing else: network i starts alike under every method.
 */
export const initialWeights = (network: Network, seed: number, index: number): Float32Array =>
  flat(network.parameters, (parameter) => new Stream(seed, 'init', index, parameter));

/** Running statistics before the first step: mean 0, variance 1. */
export const initialStatistics = (network: Network): Float32Array => flat(network.statistics, () => new Stream(0, 'init'));

/** SHA-256 of weights, to show that two runs are paired. */
export const weightsHash = (weights: Float32Array): string =>
  createHash('sha256')
    .update(new Uint8Array(weights.buffer, weights.byteOffset, weights.byteLength))
    .digest('hex');
