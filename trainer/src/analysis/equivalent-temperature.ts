import type { AnalysisChart, AnalysisFigure, AnalysisLine } from '@studyhall/contract/analysis/result.ts';
import { probeOf } from '../data/probe.ts';
import { WorkError } from '../work-failure.ts';
import type { Analysed, AnalysisData, Samples } from './analysed.ts';
import { meanEntropy } from './entropies.ts';
import { type Evaluator, resultOf } from './evaluator.ts';
import { rootOf } from './root.ts';

/** Between these the temperature is looked for. */
const COLDEST = 0.01;
const HOTTEST = 100;

/**
 * The T in [0.01, 100] at which the mean entropy of softmax(z / T) is that value; null where there is none. The entropy rises with T,
 * strictly where the logits of a sample differ.
 *
 * @param logits of the reference, [samples, classes]
 * @param entropy mean, in nats
 */
export const temperatureFor = (logits: Float32Array, classes: number, entropy: number): number | null =>
  rootOf((temperature) => meanEntropy(logits, classes, temperature), entropy, COLDEST, HOTTEST);

/** The fixed probe: training images of the reference, in an order drawn by its split seed. */
const probe = (reference: Analysed, { dataset, trainReader }: AnalysisData): Samples => {
  const indices = probeOf(reference.split.transfer, reference.splitSeed);
  return { split: 'TRAIN', indices, labels: indices.map((index) => dataset.train.labels[index] as number), reader: trainReader };
};

const sameImages = (one: Samples, other: Samples): boolean =>
  one.indices.length === other.indices.length && one.indices.every((index, k) => index === other.indices[k]);

const chartOf = (epochs: number[], curves: readonly { place: number; label: string; values: (number | null)[] }[]): AnalysisChart => ({
  key: 'epochs',
  title: 'Equivalent temperature over epochs',
  x: { label: 'epoch', logarithmic: false, values: epochs },
  y: { label: 'equivalent temperature T', percent: false },
  lines: curves.map(({ place, label, values }): AnalysisLine => {
    const all = epochs.map((_, k) => values[k] ?? null);
    return { label, network: place, split: null, values: all, low: null, high: null };
  }),
});

/** At which temperature the reference is as uncertain as each network is, on one probe of training images as they are, in evaluation mode. */
export const equivalentTemperature: Evaluator<unknown> = async ({ networks, reference }, predict, data) => {
  if (reference === null) throw new WorkError('a reference is missing: the independent twin, or the teacher', { permanent: true });
  const samples = probe(reference, data);
  predict.expect((networks.length + 1) * samples.indices.length);
  const { classes } = reference.network;
  const softened = await predict.logits(reference, samples);
  const figures: AnalysisFigure[] = [];
  const rows = [];
  const curves: { place: number; label: string; values: (number | null)[] }[] = [];
  const elsewhere: string[] = [];
  for (const [place, network] of networks.entries()) {
    const own = meanEntropy(await predict.logits(network, samples), classes);
    const value = temperatureFor(softened, classes, own);
    if (value !== null)
      figures.push({ measure: 'equivalentTemperature', split: 'TRAIN', network: place, other: null, value, low: null, high: null });
    rows.push({ label: network.label, values: [own, value] });
    if (!network.probeEntropies?.length) continue;
    // Entropies on other images are no measure of this probe.
    if (!sameImages(probe(network, data), samples)) {
      elsewhere.push(network.label);
      continue;
    }
    const values = network.probeEntropies.map((entropy) => temperatureFor(softened, classes, entropy));
    curves.push({ place, label: network.label, values });
    const early = values[Math.ceil(values.length / 4) - 1] ?? null;
    if (early !== null)
      figures.push({ measure: 'earlyTemperature', split: 'TRAIN', network: place, other: null, value: early, low: null, high: null });
  }
  rows.push({ label: `${reference.label}, the reference`, values: [meanEntropy(softened, classes), 1] });
  const columns = [
    { label: 'Mean entropy on the probe, nats', percent: false },
    { label: 'Equivalent temperature', percent: false },
  ];
  const missing = rows.some(({ values }) => values[1] === null) || curves.some(({ values }) => values.some((value) => value === null));
  const last = Math.max(0, ...curves.map(({ values }) => values.length));
  const epochs = Array.from({ length: last }, (_, k) => k + 1);
  return resultOf({
    figures,
    charts: last === 0 ? [] : [chartOf(epochs, curves)],
    tables: [{ key: 'temperature', title: `Temperature at which ${reference.label} would be as uncertain`, columns, rows }],
    notes: [
      `The probe is ${samples.indices.length} training images as they are, in evaluation mode.`,
      ...(last > 0 ? [`The reference is as it was selected at its end, for all epochs: against itself it comes to 1 there.`] : []),
      ...(elsewhere.length > 0 ? [`Other training images were the probe of ${elsewhere.join('; ')}: there is no curve of it.`] : []),
      ...(missing ? [`Where no T from ${COLDEST} to ${HOTTEST} gives that entropy, there is no equivalent temperature.`] : []),
    ],
  });
};
