import { Stream } from '../random/stream.ts';

const SIZE = 256;

/**
 * The training images, at most 256, on which networks are compared with each other while they train: the first ones of an order drawn by
 * the split's seed, the same for all runs that name it and use the same training images.
 */
export const probeOf = (train: Int32Array, splitSeed: number): Int32Array => {
  const order = train.slice();
  new Stream(splitSeed, 'probe').shuffle(order);
  return order.subarray(0, SIZE);
};
