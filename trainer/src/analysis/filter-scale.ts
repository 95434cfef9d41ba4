import type { Network } from '../nn/network.ts';

/**
 * For each weight the root mean square of its filter: noise of that size has, expected, the filter's norm (Li et al. 2018). The last axis of
 * a convolution or a dense layer counts filters, of a depthwise convolution the one before. What has one axis (bias, batch norm's scale and shift) is one filter altogether, as
 * nothing before it makes it scale-invariant.
 */
export const filterScale = ({ parameters }: Network, weights: Float32Array): Float32Array => {
  const scale = new Float32Array(weights.length);
  let offset = 0;
  for (const { shape } of parameters) {
    const size = shape.reduce((product, extent) => product * extent, 1);
    const filters = shape.length < 2 ? 1 : (shape.findLast((extent) => extent > 1) ?? 1);
    const squares = new Float64Array(filters);
    for (let k = 0; k < size; k++) {
      const filter = k % filters;
      squares[filter] = (squares[filter] as number) + (weights[offset + k] as number) ** 2;
    }
    const roots = squares.map((sum) => Math.sqrt(sum / (size / filters)));
    for (let k = 0; k < size; k++) scale[offset + k] = roots[k % filters] as number;
    offset += size;
  }
  return scale;
};
