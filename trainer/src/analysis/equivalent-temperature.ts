import type { AnalysisFigure } from '@studyhall/contract/analysis/result.ts';
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

/** At which temperature the reference is as uncertain as each network is, on one probe of training images as they are, in evaluation mode. */
export const equivalentTemperature: Evaluator<unknown> = async ({ networks, reference }, predict, data) => {
  if (reference === null) throw new WorkError('a reference is missing: the independent twin, or the teacher', { permanent: true });
  const samples = probe(reference, data);
  predict.expect((networks.length + 1) * samples.indices.length);
  const { classes } = reference.network;
  const softened = await predict.logits(reference, samples);
  const figures: AnalysisFigure[] = [];
  const rows = [];
  for (const [place, network] of networks.entries()) {
    const own = meanEntropy(await predict.logits(network, samples), classes);
    const value = temperatureFor(softened, classes, own);
    if (value !== null)
      figures.push({ measure: 'equivalentTemperature', split: 'TRAIN', network: place, other: null, value, low: null, high: null });
    rows.push({ label: network.label, values: [own, value] });
  }
  rows.push({ label: `${reference.label}, the reference`, values: [meanEntropy(softened, classes), 1] });
  const columns = [
    { label: 'Mean entropy on the probe, nats', percent: false },
    { label: 'Equivalent temperature', percent: false },
  ];
  return resultOf({
    figures,
    tables: [{ key: 'temperature', title: `Temperature at which ${reference.label} would be as uncertain`, columns, rows }],
    notes: [
      `The probe is ${samples.indices.length} training images as they are, in evaluation mode.`,
      ...(figures.length < networks.length
        ? [`Where no T from ${COLDEST} to ${HOTTEST} gives that entropy, there is no equivalent temperature.`]
        : []),
    ],
  });
};
