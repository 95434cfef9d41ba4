import type { OptionsOf } from '@studyhall/contract/analysis/kinds.ts';
import type { AnalysisFigure, AnalysisLine } from '@studyhall/contract/analysis/result.ts';
import { entropies, mean } from './entropies.ts';
import { type Evaluator, resultOf } from './evaluator.ts';
import { samplesOf, splitWords } from './samples.ts';

/** Part of the values in each of so many equal bins from 0 to `most`, both ends included. */
export const histogram = (values: Float64Array, bins: number, most: number): number[] => {
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) {
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value / most) * bins)));
    counts[bin] = (counts[bin] as number) + 1;
  }
  return counts.map((count) => count / values.length);
};

/** Half the width of the 95 % interval of a mean over many samples. */
const halfWidth = (values: Float64Array): number => {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return 1.96 * Math.sqrt(variance / values.length);
};

const asked = ['TRAIN', 'VALIDATION'] as const;

/** Entropy of the outputs of each sample, in evaluation mode: its mean and how it is distributed, on training images as they are and on validation images. */
export const entropy: Evaluator<OptionsOf<'ENTROPY'>> = async ({ networks }, predict, data, { bins, samples: most }) => {
  const parts = networks.map((network) => asked.flatMap((split) => samplesOf(network, data, split, most) ?? []));
  predict.expect(parts.flat().reduce((sum, { indices }) => sum + indices.length, 0));
  const largest = Math.log(data.dataset.classes.length);
  const figures: AnalysisFigure[] = [];
  const lines: AnalysisLine[] = [];
  for (const [place, network] of networks.entries()) {
    for (const samples of parts[place] ?? []) {
      const { split } = samples;
      const values = entropies(await predict.logits(network, samples), network.network.classes);
      const [value, half] = [mean(values), halfWidth(values)];
      figures.push({ measure: 'entropy', split, network: place, other: null, value, low: Math.max(0, value - half), high: value + half });
      const label = `${network.label}, ${splitWords[split]}`;
      lines.push({ label, network: place, split, values: histogram(values, bins, largest), low: null, high: null });
    }
  }
  return resultOf({
    figures,
    charts: [
      {
        key: 'histogram',
        title: 'Entropy of the outputs, sample by sample',
        x: {
          label: 'entropy, nats (middle of the bin)',
          logarithmic: false,
          values: Array.from({ length: bins }, (_, bin) => ((bin + 0.5) / bins) * largest),
        },
        y: { label: 'part of the samples, %', percent: true },
        lines,
      },
    ],
    notes: [
      'Intervals are over samples, of one network: they say nothing of other seeds.',
      'The slide gives mean entropies of 1.7099 for independent training and 0.2602 for mutual learning; its own argument needs the opposite order, so the two are most likely swapped.',
    ],
  });
};
