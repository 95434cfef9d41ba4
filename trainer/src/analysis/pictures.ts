import type { AnalysisPictures } from '@studyhall/contract/analysis/result.ts';
import type { AnalysisData, Samples } from './analysed.ts';

/** Numbers in all pictures of an answer, at most: what a page can fetch beside the points. */
const MOST_BYTES = 900_000;
const LARGEST_SIDE = 32;

/**
 * Small pictures of samples as a view shows them: every so manieth pixel, one channel as grey, numbers that are no bytes stretched from each
 * picture's least to its greatest. Null where the view is no picture of one or three channels.
 */
export const picturesOf = ({ dataset }: AnalysisData, view: string, { split, indices }: Samples): AnalysisPictures | null => {
  const [height = 0, width = 0, channels = 0, ...more] = dataset.views.find(({ name }) => name === view)?.shape ?? [];
  if ((channels !== 1 && channels !== 3) || more.length > 0) return null;
  const values = (split === 'TEST' ? dataset.test : dataset.train).views[view];
  if (values === undefined) return null;
  let step = Math.max(1, Math.ceil(Math.max(height, width) / LARGEST_SIDE));
  const extent = () => [Math.ceil(height / step), Math.ceil(width / step)] as const;
  while (extent()[0] * extent()[1] * 3 * indices.length > MOST_BYTES) step++;
  const [rows, columns] = extent();
  const bytes = new Uint8Array(indices.length * rows * columns * 3);
  let to = 0;
  for (const index of indices) {
    const picture = values.subarray(index * height * width * channels, (index + 1) * height * width * channels);
    const write = writerOf(picture);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++) {
        const pixel = (row * step * width + column * step) * channels;
        for (let colour = 0; colour < 3; colour++) bytes[to++] = write(picture[pixel + (channels === 3 ? colour : 0)] as number);
      }
  }
  return { width: columns, height: rows, samples: [...indices], data: Buffer.from(bytes).toString('base64') };
};

const writerOf = (picture: Uint8Array | Float32Array | Float64Array): ((value: number) => number) => {
  if (picture instanceof Uint8Array) return (value) => value;
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of picture) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  const range = greatest - least || 1;
  return (value) => Math.round((255 * (value - least)) / range);
};
