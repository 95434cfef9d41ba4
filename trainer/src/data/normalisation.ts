import type { Values, View } from './dataset.ts';

/** Per channel: a value v becomes v · factor + offset, of mean 0 and standard deviation 1 over the training split. */
export type Normalisation = { readonly factor: Float64Array; readonly offset: Float64Array };

/** Mean and standard deviation of each channel over all samples given. A channel that never varies is only centred. */
export const measureNormalisation = (view: View, values: Values): Normalisation => {
  const channels = view.shape.at(-1) as number;
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let k = 0; k < values.length; k += channels) {
    for (let channel = 0; channel < channels; channel++) {
      const value = values[k + channel] as number;
      sum[channel] = (sum[channel] as number) + value;
      squares[channel] = (squares[channel] as number) + value * value;
    }
  }
  const n = Math.max(1, values.length / channels);
  const mean = sum.map((total) => total / n);
  const factor = squares.map((total, channel) => {
    const variance = total / n - (mean[channel] as number) ** 2;
    return variance > 1e-12 ? 1 / Math.sqrt(variance) : 1;
  });
  return { factor, offset: mean.map((m, channel) => -m * (factor[channel] as number)) };
};
