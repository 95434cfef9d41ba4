import type { AnalysisFigure, AnalysisTable } from '@studyhall/contract/analysis/result.ts';
import { splits } from '@studyhall/contract/measures/measure.ts';
import { type Scores, scoreLogits } from '../training/scores.ts';
import { type Evaluator, resultOf } from './evaluator.ts';
import { samplesOf } from './samples.ts';

const columns: AnalysisTable['columns'] = [
  { label: 'Training accuracy, %', percent: true },
  { label: 'Validation accuracy, %', percent: true },
  { label: 'Test accuracy, %', percent: true },
  { label: 'Gap to validation, points', percent: true },
  { label: 'Gap to test, points', percent: true },
  { label: 'Training loss, nats', percent: false },
  { label: 'Validation loss, nats', percent: false },
  { label: 'Test loss, nats', percent: false },
];

type BySplit = Record<(typeof splits)[number], Scores | null>;

const minus = (one: number | undefined, other: number | undefined) => (one === undefined || other === undefined ? null : one - other);

const figuresOf = ({ TRAIN: train, ...others }: BySplit, network: number): AnalysisFigure[] =>
  (['VALIDATION', 'TEST'] as const).flatMap((split) => {
    const own = others[split];
    if (!train || !own) return [];
    const figure = (measure: string, value: number) => ({ measure, split, network, other: null, value, low: null, high: null });
    return [figure('accuracyGap', train.accuracy - own.accuracy), figure('lossGap', own.loss - train.loss)];
  });

/**
 * Accuracy and loss on the training images as they are, on validation and on test images, all in evaluation mode, and the gaps between
 * them. The test split selects nothing here: it is reported.
 */
export const generalisation: Evaluator<unknown> = async ({ networks }, predict, data) => {
  const parts = networks.map((network) => splits.map((split) => samplesOf(network, data, split)));
  predict.expect(parts.flat().reduce((sum, samples) => sum + (samples?.indices.length ?? 0), 0));
  const scored: BySplit[] = [];
  for (const [place, network] of networks.entries()) {
    const scores: (Scores | null)[] = [];
    for (const samples of parts[place] ?? [])
      scores.push(samples && scoreLogits(await predict.logits(network, samples), samples.labels, network.network.classes));
    const [TRAIN = null, VALIDATION = null, TEST = null] = scores;
    scored.push({ TRAIN, VALIDATION, TEST });
  }
  const rows = scored.map(({ TRAIN: train, VALIDATION: validation, TEST: test }, place) => ({
    label: networks[place]?.label ?? '',
    values: [
      train?.accuracy ?? null,
      validation?.accuracy ?? null,
      test?.accuracy ?? null,
      minus(train?.accuracy, validation?.accuracy),
      minus(train?.accuracy, test?.accuracy),
      train?.loss ?? null,
      validation?.loss ?? null,
      test?.loss ?? null,
    ],
  }));
  return resultOf({
    figures: scored.flatMap(figuresOf),
    tables: [{ key: 'splits', title: 'Accuracy and loss by split', columns, rows }],
    notes: [
      'Training accuracy is that on the training images as they are, in evaluation mode.',
      ...(scored.some(({ VALIDATION }) => !VALIDATION) ? ['Where no validation images were held back, there is no gap to them.'] : []),
    ],
  });
};
