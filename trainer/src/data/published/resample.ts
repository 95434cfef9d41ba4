/**
 * A sequence brought to another number of frames by linear interpolation; its first and last frame stay.
 *
 * @param values [from, channels]
 * @returns [to, channels]
 */
export const resample = (values: Float64Array, channels: number, to: number): Float32Array => {
  const from = values.length / channels;
  const result = new Float32Array(to * channels);
  for (let frame = 0; frame < to; frame++) {
    const at = (frame * (from - 1)) / (to - 1);
    const before = Math.min(Math.floor(at), from - 1);
    const after = Math.min(before + 1, from - 1);
    for (let channel = 0; channel < channels; channel++) {
      const [a, b] = [values[before * channels + channel] as number, values[after * channels + channel] as number];
      result[frame * channels + channel] = a + (at - before) * (b - a);
    }
  }
  return result;
};
