import { alive } from '../alive.ts';
import type { Values, View } from './dataset.ts';
import { isConstant } from './spread.ts';

/** Per channel: a value v becomes v · factor + offset, of mean 0 and standard deviation 1 over the training split. */
export type Normalisation = { readonly factor: Float64Array; readonly offset: Float64Array };

/** Numbers from one sign of life to the next. */
const AT_ONCE = 2 ** 22;

/** Per channel, where its values lie: around `centre`, at most `reach` away. */
type Range = { readonly centre: Float64Array; readonly reach: Float64Array };

/** Bytes are small whole numbers, whose sums and squares a double holds exactly: they are taken as they are. */
const asTheyAre = (channels: number): Range => ({ centre: new Float64Array(channels), reach: new Float64Array(channels).fill(1) });

/** A reach of 0 where a channel never varies. */
const rangeOf = (values: Values, channels: number): Range => {
  const least = new Float64Array(channels).fill(Number.POSITIVE_INFINITY);
  const greatest = new Float64Array(channels).fill(Number.NEGATIVE_INFINITY);
  for (let k = 0; k < values.length; k += channels) {
    if (k % AT_ONCE < channels) alive();
    for (let channel = 0; channel < channels; channel++) {
      const value = values[k + channel] as number;
      if (value < (least[channel] as number)) least[channel] = value;
      if (value > (greatest[channel] as number)) greatest[channel] = value;
    }
  }
  // Halved first: the sum of two doubles may be none.
  const centre = least.map((low, channel) => low / 2 + (greatest[channel] as number) / 2);
  const reach = least.map((low, channel) => {
    const high = greatest[channel] as number;
    return isConstant(low, high) ? 0 : high / 2 - low / 2;
  });
  return { centre, reach };
};

/**
 * Mean and standard deviation of each channel over all samples given. A channel that never varies is only centred.
 *
 * Floats take two passes: one for each channel's range, one for the moments of its values as parts of that range, from −1 to 1. So it makes no
 * difference how large or small values are, or how far from 0: no square overflows or vanishes, and no two large ones cancel.
 */
export const measureNormalisation = (view: View, values: Values): Normalisation => {
  const channels = view.shape.at(-1) as number;
  const { centre, reach } = values instanceof Uint8Array || values.length === 0 ? asTheyAre(channels) : rangeOf(values, channels);
  const unit = reach.map((own) => own || 1);
  const sum = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let k = 0; k < values.length; k += channels) {
    if (k % AT_ONCE < channels) alive();
    for (let channel = 0; channel < channels; channel++) {
      const part = ((values[k + channel] as number) - (centre[channel] as number)) / (unit[channel] as number);
      sum[channel] = (sum[channel] as number) + part;
      squares[channel] = (squares[channel] as number) + part * part;
    }
  }
  const n = Math.max(1, values.length / channels);
  const mean = sum.map((total) => total / n);
  const factor = squares.map((total, channel) => {
    const variance = total / n - (mean[channel] as number) ** 2;
    return reach[channel] === 0 || variance <= 0 ? 1 : 1 / (Math.sqrt(variance) * (unit[channel] as number));
  });
  const offset = mean.map((part, channel) => {
    const whole = (centre[channel] as number) + part * (unit[channel] as number);
    return -whole * (factor[channel] as number);
  });
  return { factor, offset };
};
