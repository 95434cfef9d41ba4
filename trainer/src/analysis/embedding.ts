import { setImmediate } from 'node:timers/promises';
import { TSNE, UMAP } from '@saehrimnir/druidjs';
import type { OptionsOf } from '@studyhall/contract/analysis/kinds.ts';
import type { AnalysisFigure } from '@studyhall/contract/analysis/result.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import { alive } from '../alive.ts';
import { firstNotFinite } from '../nn/not-finite.ts';
import { WorkError } from '../work-failure.ts';
import type { Samples } from './analysed.ts';
import { centre } from './cka.ts';
import { type Evaluator, resultOf } from './evaluator.ts';
import { neighbourPurity } from './neighbour-purity.ts';
import { picturesOf } from './pictures.ts';
import { LAST, layerShape } from './predict.ts';
import { samplesOf, splitWords } from './samples.ts';

type Options = OptionsOf<'EMBEDDING'>;

/** More points than that neither a page can draw nor t-SNE compute in a minute. */
const MOST_POINTS = 4000;

/** Seconds for which the first step of either may be silent. */
const BEGINNING_SECONDS = 120;

/** Each feature centred, all of them divided by one number, so that their mean square is 1: networks of different norms lie in one plane. */
export const standardise = (features: Float32Array, samples: number): Float32Array => {
  const centred = centre(features, samples);
  const root = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / centred.length);
  return root > 0 ? centred.map((value) => value / root) : centred;
};

/** Places in the plane of rows of numbers; equal seeds give equal places on one machine. `between` is called between any two steps. */
export const embed = async (rows: number[][], options: Options, between: () => void): Promise<{ x: number[]; y: number[] }> => {
  const { method, seed } = options;
  alive(BEGINNING_SECONDS);
  const reducer =
    method === 'TSNE'
      ? new TSNE(rows, { perplexity: Math.min(options.perplexity, Math.max(2, Math.floor((rows.length - 1) / 3))), seed })
      : new UMAP(rows, { n_neighbors: Math.min(options.neighbours, rows.length - 1), seed });
  let places: number[][] = [];
  for (const step of reducer.generator()) {
    places = step as number[][];
    alive();
    between();
    // A cancel is heard between two steps.
    await setImmediate();
  }
  return { x: places.map(([x]) => x as number), y: places.map(([, y]) => y as number) };
};

const spread = (values: readonly number[]) => `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;

/** What has to be said where samples were left out so that a page can draw the others; nothing where there are no more. */
export const saidOfMost = (asked: number, most: number, count: number): string[] =>
  most < asked && count === most
    ? [
        `${written(asked)} samples were asked for: ${written(MOST_POINTS)} points are drawn at most, so each network gives ${written(count)}.`,
      ]
    : [];

/** Last features of all networks on the same samples, standardised and brought into the plane together. */
export const embedding: Evaluator<Options> = async ({ networks }, predict, data, options) => {
  const [first] = networks;
  if (first === undefined) throw new WorkError('there is no network to embed features of', { permanent: true });
  const widths = [...new Set(networks.map(({ network }) => layerShape(network, LAST).join(' × ')))];
  if (widths.length > 1)
    throw new WorkError(
      `the last features of these networks have ${spread(widths.map(Number))} numbers: only equally many lie in one space`,
      { permanent: true },
    );
  const most = Math.min(options.samples, Math.floor(MOST_POINTS / networks.length));
  const samples: Samples | null = samplesOf(first, data, options.split, most);
  if (samples === null || samples.indices.length < 4)
    throw new WorkError(`there are fewer than 4 ${splitWords[options.split]} images: ask for another split`, { permanent: true });
  const count = samples.indices.length;
  predict.expect(networks.length * count);
  const rows: number[][] = [];
  const figures: AnalysisFigure[] = [];
  for (const [place, network] of networks.entries()) {
    const features = await predict.features(network, samples, LAST);
    if (firstNotFinite(features) >= 0) throw new WorkError(`the last features of ${network.label} are not finite`, { permanent: true });
    const standard = standardise(features, count);
    const width = standard.length / count;
    const value = neighbourPurity(standard, samples.labels);
    figures.push({ measure: 'neighbourPurity', split: options.split, network: place, other: null, value, low: null, high: null });
    for (let sample = 0; sample < count; sample++) rows.push([...standard.subarray(sample * width, (sample + 1) * width)]);
  }
  const { x, y } = await embed(rows, options, () => predict.stopIfAsked());
  if (![...x, ...y].every(Number.isFinite))
    throw new WorkError('the embedding did not come to finite places: try another seed, or more samples', { permanent: true });
  const short = (value: number) => Number(value.toPrecision(5));
  const name = options.method === 'TSNE' ? `t-SNE, perplexity ${options.perplexity}` : `UMAP, ${options.neighbours} neighbours`;
  return resultOf({
    figures,
    maps: [
      {
        key: options.method.toLowerCase(),
        title: `Last features in the plane: ${name}`,
        split: options.split,
        x: x.map(short),
        y: y.map(short),
        network: networks.flatMap((_, place) => new Array<number>(count).fill(place)),
        sample: networks.flatMap(() => [...samples.indices]),
        label: networks.flatMap(() => [...samples.labels]),
        pictures: picturesOf(data, first.view, samples),
      },
    ],
    notes: [
      `${written(count)} ${splitWords[options.split]} images, seed ${options.seed}; of each network every feature is centred, and all are divided by their root mean square.`,
      ...saidOfMost(options.samples, most, count),
      'Distances between clusters, and their sizes, mean nothing in such a plane.',
    ],
  });
};
