import { deckFigures } from '@studyhall/contract/measures/deck-figures.ts';
import type { Spread } from '@studyhall/contract/statistics/spread.ts';
import type { DeckMetric, Split } from '@/generated/graphql.ts';
import type { AxisUnit } from '@/lib/format/axis.ts';
import { percent, points, significant } from '@/lib/format/number.ts';
import type { Result } from './run-figures.ts';

type Reading = {
  name: string;
  of: (result: Result) => Spread | null;
  format: (value: number) => string;
  /** Of an axis of them, and of an axis of their differences. */
  axis: AxisUnit;
  axisOfDifference: AxisUnit;
  /** A difference of two of them, signed. */
  formatDifference: (value: number) => string;
  unit: string;
  /** Of a cohort it is the mean over its pairs, not the ensemble’s. */
  ofPairs?: true;
};

const accuracy: Pick<Reading, 'format' | 'axis' | 'axisOfDifference' | 'formatDifference' | 'unit'> = {
  format: (value: number) => `${percent(value)} %`,
  axis: 'percent',
  axisOfDifference: 'points',
  formatDifference: (value: number) => points(value),
  unit: 'points',
};

const entropy: typeof accuracy = {
  format: (value: number) => `${significant(value, 3)} nats`,
  axis: 'number',
  axisOfDifference: 'difference',
  formatDifference: (value: number) => `${value > 0 ? '+' : ''}${significant(value, 3)}`,
  unit: 'nats',
};

/** A figure that has no field of its own. */
const measured =
  (name: string, split: Split) =>
  (result: Result): Spread | null =>
    result.measurements.find(({ measure, split: on }) => measure.name === name && on === split)?.statistic ?? null;

const plain = { ...entropy, format: (value: number) => significant(value, 3), unit: '' };

/** Every metric of the deck: where a result holds it and how it is written. */
export const metrics: Record<DeckMetric | 'TRAIN_ACCURACY', Reading> = {
  VALIDATION_ACCURACY: { ...accuracy, name: 'Validation accuracy', of: (result) => result.validationAccuracy },
  TEST_ACCURACY: { ...accuracy, name: 'Test accuracy', of: (result) => result.testAccuracy },
  TRAIN_ACCURACY: { ...accuracy, name: 'Training accuracy', of: (result) => result.trainAccuracy },
  VALIDATION_ENTROPY: { ...entropy, name: 'Mean entropy of the output on validation', of: (result) => result.entropy },
  TEST_ENTROPY: { ...entropy, name: 'Mean entropy of the output on the test split', of: (result) => result.testEntropy },
  PROBE_ENTROPY: { ...entropy, name: 'Mean entropy of the output on the probe of training images', of: measured('probeEntropy', 'TRAIN') },
  WITHHELD_ACCURACY: { ...accuracy, name: 'Test accuracy on the withheld class', of: (result) => result.withheldAccuracy },
  CORRECTED_WITHHELD_ACCURACY: {
    ...accuracy,
    name: 'Test accuracy on the withheld class, bias corrected',
    of: (result) => result.correctedWithheldAccuracy,
  },
  TEST_GAP: { ...accuracy, name: 'Gap between training and test accuracy', of: measured('accuracyGap', 'TEST') },
  HALFWAY_SIGMA: { ...plain, name: 'Halfway σ on the training images', of: measured('halfwaySigma', 'TRAIN') },
  RELATIVE_HALFWAY_SIGMA: {
    ...plain,
    name: 'Halfway σ on the training images, relative to filters',
    of: measured('relativeHalfwaySigma', 'TRAIN'),
  },
  ADAPTIVE_SHARPNESS: { ...entropy, name: 'Adaptive sharpness on the training images', of: measured('adaptiveSharpness', 'TRAIN') },
  ALIGNED_DISTANCE: {
    ...plain,
    name: 'Relative distance of the last features, aligned',
    of: measured('alignedDistance', 'VALIDATION'),
    ofPairs: true,
  },
  EQUIVALENT_TEMPERATURE: { ...plain, name: 'Equivalent temperature', of: measured('equivalentTemperature', 'TRAIN') },
  EARLY_TEMPERATURE: { ...plain, name: 'Equivalent temperature after a quarter of the epochs', of: measured('earlyTemperature', 'TRAIN') },
  NEIGHBOUR_PURITY: { ...accuracy, name: 'Class purity of the last features', of: measured('neighbourPurity', 'VALIDATION') },
  CKA: { ...plain, name: 'Debiased CKA of the last features', of: measured('cka', 'VALIDATION'), ofPairs: true },
};

/** The split that a metric is measured on, as a verdict names it. */
export const splitOf = (metric: DeckMetric): 'training' | 'validation' | 'test' => splitNames[deckFigures[metric].split];

const splitNames = { TRAIN: 'training', VALIDATION: 'validation', TEST: 'test' } as const;

/** A result's place beside its group's other members: `DML, network 0`; a group of one network goes by its title alone. */
export function memberName(
  group: { title: string; results: readonly unknown[] },
  result: Pick<Result, 'network' | 'label' | 'role'>,
): string {
  if (group.results.length < 2) return group.title;
  if (result.network === null) return `${group.title}, ensemble`;
  return `${group.title}, ${result.role === 'TEACHER' ? 'teacher' : `network ${result.network}`}`;
}
