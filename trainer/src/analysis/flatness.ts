import type { OptionsOf } from '@studyhall/contract/analysis/kinds.ts';
import type { AnalysisChart, AnalysisFigure, AnalysisLine } from '@studyhall/contract/analysis/result.ts';
import { Stream } from '../random/stream.ts';
import { scoreLogits } from '../training/scores.ts';
import type { Analysed, Samples } from './analysed.ts';
import { type Band, bandOf, crossing } from './band.ts';
import { type Evaluator, resultOf } from './evaluator.ts';
import { filterScale } from './filter-scale.ts';
import type { Predict, Tensors } from './predict.ts';
import { samplesOf, splitWords } from './samples.ts';

type Options = OptionsOf<'FLATNESS'>;
type Score = { readonly loss: number; readonly accuracy: number };

/** Images on which batch norm's statistics are taken anew. */
const REESTIMATED_ON = 500;

/** Adds N(0, σ²), times the scale of each weight, to all weights. Draws are named by place and draw: each σ takes the same directions. */
export const disturb = (weights: Float32Array, scale: Float32Array | null, sigma: number, seed: number, draw: number): Float32Array => {
  const stream = new Stream(seed, 'noise', draw);
  return weights.map((weight, k) => weight + sigma * (scale === null ? 1 : (scale[k] as number)) * stream.normal());
};

/** Of outputs that are not finite: the network is gone, as far as accuracy is concerned, and there is no loss to speak of. */
const scoreOf = (logits: Float32Array, { labels }: Samples, classes: number): Score => {
  const { loss, accuracy } = scoreLogits(logits, labels, classes);
  return Number.isFinite(loss) ? { loss, accuracy } : { loss: Number.NaN, accuracy: 1 / classes };
};

/** What σ is multiplied with, weight by weight; null for 1. */
const scaleOf = ({ network, weights }: Analysed, scale: Options['scale']): Float32Array | null => {
  if (scale === 'FILTER') return filterScale(network, weights);
  return scale === 'WEIGHT' ? weights.map(Math.abs) : null;
};

/** Scores of a network on each part: clean, and by σ and draw. */
const measure = async (network: Analysed, parts: readonly Samples[], onTraining: Samples, predict: Predict, options: Options) => {
  const { sigmas, draws, batchNorm, seed } = options;
  const scale = scaleOf(network, options.scale);
  const score = async (tensors: Tensors) => {
    const scores: Score[] = [];
    for (const part of parts) scores.push(scoreOf(await predict.logits(network, part, tensors), part, network.network.classes));
    return scores;
  };
  const clean = await score(network);
  const disturbed: Score[][][] = [];
  for (const sigma of sigmas) {
    const own: Score[][] = [];
    for (let draw = 0; draw < draws; draw++) {
      const weights = disturb(network.weights, scale, sigma, seed, draw);
      const statistics = batchNorm === 'KEPT' ? network.statistics : await predict.statistics(network, onTraining, weights);
      own.push(await score({ weights, statistics }));
    }
    disturbed.push(own);
  }
  return { clean, disturbed };
};

const halfwayMeasure = { ABSOLUTE: 'halfwaySigma', FILTER: 'relativeHalfwaySigma', WEIGHT: null } as const;

/** The σ, as a part of each weight, at which adaptive sharpness is told: noise that halves no network and moves all. */
const SHARPNESS_AT = 0.1;

/** σ at which each draw's accuracy has fallen halfway from clean to chance; the interval is over draws. Null where not every draw falls so far. */
export const halfway = (
  sigmas: readonly number[],
  accuracies: readonly (readonly number[])[],
  clean: number,
  chance: number,
): Band | null => {
  const level = (clean + chance) / 2;
  if (clean <= chance) return null;
  const draws = accuracies[0]?.length ?? 0;
  const found = Array.from({ length: draws }, (_, draw) =>
    crossing(
      sigmas,
      accuracies.map((own) => own[draw] as number),
      level,
      clean,
    ),
  );
  return found.every((sigma) => sigma !== null) ? bandOf(found as number[]) : null;
};

/** How much the loss rises on a part under noise of a tenth of each weight; the interval is over draws. Null where that σ was not asked for. */
const sharpness = (sigmas: readonly number[], disturbed: readonly Score[][][], part: number, clean: number): Band | null => {
  const draws = disturbed[sigmas.indexOf(SHARPNESS_AT)];
  return draws ? bandOf(draws.map((scores) => (scores[part] as Score).loss - clean)) : null;
};

const sigmaLabels = {
  ABSOLUTE: 'σ of the noise on every weight',
  FILTER: "σ as a part of each filter's norm",
  WEIGHT: 'σ as a part of the size of each weight',
} as const;

/**
 * Loss and accuracy of networks whose every trainable weight is given noise N(0, σ²), against σ: absolute, or as a part of the norm of each
 * filter. One compiled program serves all draws.
 */
export const flatness: Evaluator<Options> = async ({ networks }, predict, data, options) => {
  const { sigmas, draws, scale, batchNorm } = options;
  const parts = networks.map((network) =>
    (['TRAIN', 'VALIDATION'] as const).flatMap((split) => samplesOf(network, data, split, options.samples) ?? []),
  );
  const reestimated = (network: Analysed) => (batchNorm === 'REESTIMATED' && network.network.statisticCount > 0 ? REESTIMATED_ON : 0);
  const images = networks.map((network, place) => {
    const own = (parts[place] as Samples[]).reduce((sum, { indices }) => sum + indices.length, 0);
    return own + sigmas.length * draws * (own + Math.min(reestimated(network), network.split.transfer.length));
  });
  predict.expect(images.reduce((sum, count) => sum + count, 0));
  const figures: AnalysisFigure[] = [];
  const lines: Record<'loss' | 'accuracy', AnalysisLine[]> = { loss: [], accuracy: [] };
  const missing: string[] = [];
  for (const [place, network] of networks.entries()) {
    const onTraining = samplesOf(network, data, 'TRAIN', REESTIMATED_ON) as Samples;
    const own = parts[place] as Samples[];
    const { clean, disturbed } = await measure(network, own, onTraining, predict, options);
    for (const [part, { split }] of own.entries()) {
      const label = `${network.label}, ${splitWords[split]}`;
      const before = clean[part] as Score;
      for (const what of ['loss', 'accuracy'] as const) {
        const bands = disturbed.map((draw) => bandOf(draw.map((scores) => (scores[part] as Score)[what])));
        lines[what].push({
          label,
          network: place,
          split,
          values: [before[what], ...bands.map((band) => band?.mean ?? null)],
          low: [before[what], ...bands.map((band) => band?.low ?? null)],
          high: [before[what], ...bands.map((band) => band?.high ?? null)],
        });
      }
      const sharp = scale === 'WEIGHT' ? sharpness(sigmas, disturbed, part, before.loss) : null;
      if (sharp) {
        const { mean, low, high } = sharp;
        figures.push({ measure: 'adaptiveSharpness', split, network: place, other: null, value: mean, low, high });
      }
      const measure = halfwayMeasure[scale];
      if (measure === null) continue;
      const accuracies = disturbed.map((draw) => draw.map((scores) => (scores[part] as Score).accuracy));
      const found = halfway(sigmas, accuracies, before.accuracy, 1 / network.network.classes);
      if (found)
        figures.push({
          measure,
          split,
          network: place,
          other: null,
          value: found.mean,
          low: found.low,
          high: found.high,
        });
      else missing.push(label);
    }
  }
  const x = {
    label: sigmaLabels[scale],
    logarithmic: false,
    values: [0, ...sigmas],
  };
  const chart = (key: 'loss' | 'accuracy', title: string, y: AnalysisChart['y']): AnalysisChart => ({
    key,
    title,
    x,
    y,
    lines: lines[key],
  });
  return resultOf({
    figures,
    charts: [
      chart('accuracy', 'Accuracy under noise on the weights', { label: 'accuracy, %', percent: true }),
      chart('loss', 'Loss under noise on the weights', { label: 'loss, nats', percent: false }),
    ],
    notes: [
      `Values are means over ${draws} draws of noise; the bands of one network are 95 % intervals over the draws.`,
      batchNorm === 'KEPT'
        ? "Batch norm's statistics are those of the undisturbed network."
        : "Batch norm's statistics are taken anew under each draw, on training images.",
      ...(scale === 'ABSOLUTE'
        ? ['Batch norm makes the weights before it scale-invariant: compare networks of different norms by σ relative to filters.']
        : []),
      ...(missing.length > 0 ? [`Accuracy does not fall halfway to chance within these σ in every draw for ${missing.join('; ')}.`] : []),
      ...(scale === 'WEIGHT'
        ? [`Adaptive sharpness, E L(w + σ·|w|⊙ε) − L(w), is told at σ = ${SHARPNESS_AT}, where that is one of the σ.`]
        : []),
      'How flat a minimum is does not settle how well a network generalises (Andriushchenko et al. 2023).',
    ],
  });
};
