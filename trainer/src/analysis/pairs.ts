import type { OptionsOf } from '@studyhall/contract/analysis/kinds.ts';
import type { AnalysisChart, AnalysisFigure, AnalysisLine, AnalysisTable } from '@studyhall/contract/analysis/result.ts';
import { written } from '@studyhall/contract/settings/written.ts';
import { disagreement } from '../training/scores.ts';
import type { Analysed, AnalysisData, Samples } from './analysed.ts';
import { barrierOf, walk } from './barrier.ts';
import { centre, debiasedCka } from './cka.ts';
import { type Distance, distanceOf, productsOf } from './distance.ts';
import { type Evaluator, resultOf } from './evaluator.ts';
import { align } from './permutation/align.ts';
import { drawPermutations, permute } from './permutation/permute.ts';
import { structureOf } from './permutation/structure.ts';
import { LAST, layerShape, layersOf, type Predict, type Tensors } from './predict.ts';
import { samplesOf, splitWords } from './samples.ts';

type Options = OptionsOf<'PAIRS'>;
type Pair = { readonly one: Analysed; readonly other: Analysed; readonly places: readonly [number, number] | null };
type Compared = {
  readonly layer: string;
  readonly distance: Distance | null;
  readonly cka: number | null;
  readonly products: Float64Array | null;
};

/** Numbers of one layer's activations that are held at once: of wide layers fewer samples are compared. */
const MOST_NUMBERS = 20_000_000;

const size = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

const first = (samples: Samples, count: number): Samples => ({
  ...samples,
  indices: samples.indices.slice(0, count),
  labels: samples.labels.slice(0, count),
});

/** Features of one layer of both, and what they have in common. Of layers of different shapes only CKA can be said. */
const compareAt = async ({ one, other }: Pair, layer: string, all: Samples, predict: Predict): Promise<Compared> => {
  const [shape, otherShape] = [layerShape(one.network, layer), layerShape(other.network, layer)];
  const samples = first(all, Math.max(4, Math.floor(MOST_NUMBERS / Math.max(size(shape), size(otherShape)))));
  const n = samples.indices.length;
  const [f, g] = [await predict.features(one, samples, layer), await predict.features(other, samples, layer)];
  const alike = shape.join() === otherShape.join();
  const neurons = shape.at(-1) as number;
  const products = alike ? productsOf(f, g, neurons) : null;
  const distance = products && distanceOf(f, g, products, neurons);
  const cka = debiasedCka(await predict.gram(centre(f, n), n), await predict.gram(centre(g, n), n), n);
  return { layer, distance, cka, products };
};

const columns: AnalysisTable['columns'] = [
  { label: 'Raw L2', percent: false },
  { label: 'Aligned L2', percent: false },
  { label: 'Raw, relative to norms', percent: false },
  { label: 'Aligned, relative to norms', percent: false },
  { label: 'Linear CKA, debiased', percent: false },
];

/** Of layers that give nothing but 0 there is no relative distance. */
const relative = (squared: number, { norms }: Distance): number | null => (norms > 0 ? squared / norms : null);

const tableOf = (pair: Pair, compared: readonly Compared[], key: string): AnalysisTable => ({
  key,
  title: `${pair.one.label} and ${pair.other.label}`,
  columns,
  rows: compared.map(({ layer, distance, cka }) => ({
    label: layer,
    values: distance
      ? [Math.sqrt(distance.raw), Math.sqrt(distance.aligned), relative(distance.raw, distance), relative(distance.aligned, distance), cka]
      : [null, null, null, null, cka],
  })),
});

/** The same by depth, to be looked at. Squared distances by the squared norms, and CKA, are of one scale. */
const profileOf = (pair: Pair, compared: readonly Compared[], split: Samples['split'], key: string): AnalysisChart => {
  const line = (label: string, of: (one: Compared) => number | null): AnalysisLine => {
    return { label, network: null, split, values: compared.map(of), low: null, high: null };
  };
  return {
    key,
    title: `Layer by layer: ${pair.one.label} and ${pair.other.label}`,
    x: { label: 'layer', logarithmic: false, values: compared.map((_, place) => place + 1), names: compared.map(({ layer }) => layer) },
    y: { label: 'squared L2 by the squared norms; CKA', percent: false },
    lines: [
      line('raw L2', ({ distance }) => distance && relative(distance.raw, distance)),
      line('aligned L2', ({ distance }) => distance && relative(distance.aligned, distance)),
      line('CKA, debiased', ({ cka }) => cka),
    ],
  };
};

type Barrier = { readonly raw: number | null; readonly aligned: number | null; readonly chart: AnalysisChart };

const barrierBetween = async (
  pair: Pair,
  compared: readonly Compared[],
  samples: Samples,
  points: number,
  predict: Predict,
  key: string,
): Promise<Barrier | null> => {
  const { one, other } = pair;
  const groups = structureOf(one.network);
  if (groups === null || one.network.model !== other.network.model || points === 0) return null;
  const moved: Tensors = permute(other.network, other, groups, align(groups, compared, one, other));
  const [raw, aligned] = [await walk(one, other, points, samples, predict), await walk(one, moved, points, samples, predict)];
  const line = (label: string, values: readonly number[]): AnalysisLine => ({
    label,
    network: null,
    split: samples.split,
    values: values.map((value) => (Number.isFinite(value) ? value : null)),
    low: null,
    high: null,
  });
  const chart: AnalysisChart = {
    key,
    title: `Loss between ${one.label} and ${other.label}`,
    x: { label: 'λ, from the one to the other', logarithmic: false, values: raw.lambdas },
    y: { label: 'training loss, nats', percent: false },
    lines: [line('as they are', raw.losses), line('after the permutation', aligned.losses)],
  };
  return { raw: barrierOf(raw), aligned: barrierOf(aligned), chart };
};

/** Every two of the networks; of one alone, it and a copy of itself whose neurons stand in another order. */
const pairsOf = (networks: readonly Analysed[], seed: number): Pair[] => {
  const [only] = networks;
  if (only && networks.length === 1) {
    const groups = structureOf(only.network);
    if (groups === null) return [];
    const copy = { ...only, ...permute(only.network, only, groups, drawPermutations(groups, seed)), label: 'its permuted copy' };
    return [{ one: only, other: copy, places: null }];
  }
  return networks.flatMap((one, i) => networks.slice(i + 1).map((other, j): Pair => ({ one, other, places: [i, i + 1 + j] })));
};

const sharedLayers = ({ one, other }: Pair): string[] => {
  const theirs = layersOf(other.network);
  return layersOf(one.network).filter(
    (layer) =>
      layer === LAST || (theirs.includes(layer) && layerShape(one.network, layer).join() === layerShape(other.network, layer).join()),
  );
};

const samplesFor = (network: Analysed, data: AnalysisData, most: number): Samples =>
  (samplesOf(network, data, 'VALIDATION', most) ?? samplesOf(network, data, 'TRAIN', most)) as Samples;

/** Whether networks differ beyond a permutation of their neurons: for each pair and layer distances and CKA, and the barrier between the two. */
export const pairs: Evaluator<Options> = async ({ networks }, predict, data, { samples: most, barrierPoints, seed }) => {
  const all = pairsOf(networks, seed);
  const work = all.map((pair) => {
    const onTraining = samplesOf(pair.one, data, 'TRAIN', most) as Samples;
    return { pair, layers: sharedLayers(pair), samples: samplesFor(pair.one, data, most), onTraining };
  });
  predict.expect(
    work.reduce(
      (sum, { layers, samples, onTraining }) =>
        sum + 2 * (layers.length + 1) * samples.indices.length + 4 * barrierPoints * onTraining.indices.length,
      0,
    ),
  );
  const figures: AnalysisFigure[] = [];
  const tables: AnalysisTable[] = [];
  const charts: AnalysisChart[] = [];
  const notes: string[] = [];
  for (const [number, { pair, layers, samples, onTraining }] of work.entries()) {
    const { one, other, places } = pair;
    const compared: Compared[] = [];
    for (const layer of layers) compared.push(await compareAt(pair, layer, samples, predict));
    tables.push(tableOf(pair, compared, `layers.${number}`));
    const logits = [await predict.logits(one, samples), await predict.logits(other, samples)];
    const disagree = disagreement(logits, one.network.classes);
    notes.push(sentenceOf(pair, logits as [Float32Array, Float32Array], disagree, samples));
    const barrier = await barrierBetween(pair, compared, onTraining, barrierPoints, predict, `barrier.${number}`);
    if (barrier) charts.push(barrier.chart);
    if (compared.length > 1) charts.push(profileOf(pair, compared, samples.split, `profile.${number}`));
    if (!barrier && barrierPoints > 0)
      notes.push(`There is no barrier between ${one.label} and ${other.label}: it needs two networks of one mlp, cnn or resnet.`);
    if (places === null) continue;
    const figure = (measure: string, split: AnalysisFigure['split'], value: number | null | undefined): AnalysisFigure[] =>
      value == null ? [] : [{ measure, split, network: places[0], other: places[1], value, low: null, high: null }];
    const last = compared.find(({ layer }) => layer === LAST);
    const { split } = samples;
    figures.push(
      ...figure('featureDistance', split, last?.distance && relative(last.distance.raw, last.distance)),
      ...figure('alignedDistance', split, last?.distance && relative(last.distance.aligned, last.distance)),
      ...figure('cka', split, last?.cka),
      ...figure('disagreement', split, split === 'TRAIN' ? null : disagree),
      ...figure('barrier', 'TRAIN', barrier?.raw),
      ...figure('alignedBarrier', 'TRAIN', barrier?.aligned),
    );
  }
  if (all.length === 0)
    notes.push('Which neurons of this architecture may change places is not known: a copy can be made of an mlp, a cnn or a resnet.');
  notes.push('CKA is of features debiased; it can be high or low for reasons that have nothing to do with function (Davari et al. 2023).');
  return resultOf({ figures, tables, charts, notes });
};

const sentenceOf = (
  { one, other, places }: Pair,
  [a, b]: readonly [Float32Array, Float32Array],
  disagree: number,
  { indices, split }: Samples,
): string => {
  const images = `${written(indices.length)} ${splitWords[split]} images`;
  if (places !== null) return `${one.label} and ${other.label} agree on ${((1 - disagree) * 100).toFixed(1)} % of ${images}.`;
  const apart = a.reduce((most, value, k) => Math.max(most, Math.abs(value - (b[k] as number))), 0);
  return `The permuted copy computes the same: on ${images} no logit differs by more than ${apart.toPrecision(2)}.`;
};
