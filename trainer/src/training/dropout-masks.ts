import type { TensorSpec } from '../engine/engine.ts';
import { sizeOf } from '../engine/signature.ts';
import { Stream } from '../random/stream.ts';
import type { Member } from './cohort.ts';

/** Name of the program input that carries a mask of the member at that place. */
export const maskInput = (place: number, name: string): string => `mask.${place}.${name}`;

/** One input for every mask of every member, [batch, …shape]. */
export const maskSpecs = (members: readonly Pick<Member, 'network'>[], batchSize: number): Record<string, TensorSpec> =>
  Object.fromEntries(
    members.flatMap(({ network }, place) =>
      network.masks.map(({ name, shape }) => [maskInput(place, name), { shape: [batchSize, ...shape], dtype: 'float32' } as const]),
    ),
  );

export type Masks = Readonly<Record<string, Float32Array>>;

/** Buffers to be drawn into again and again. */
export const allocateMasks = (members: readonly Member[], batchSize: number): Masks =>
  Object.fromEntries(Object.entries(maskSpecs(members, batchSize)).map(([name, { shape }]) => [name, new Float32Array(sizeOf(shape))]));

/**
 * Draws the masks of one step (from 0, within its epoch). They depend on the run's seed, epoch, step and the network's index in the run, on
 * nothing else: network i drops the same features under every method, and after an interruption.
 */
export const drawMasks = (members: readonly Member[], masks: Masks, seed: number, epoch: number, step: number): void => {
  members.forEach(({ index, network }, place) => {
    if (network.masks.length === 0) return;
    const stream = new Stream(seed, 'dropout', epoch, step, index);
    for (const { name, dropout } of network.masks) {
      stream.drop(masks[maskInput(place, name)] as Float32Array, dropout, 1 / (1 - dropout));
    }
  });
};
