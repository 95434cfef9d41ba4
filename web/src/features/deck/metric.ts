import type { DeckGroupFieldsFragment, DeckMetric } from '@/generated/graphql.ts';
import { percent, points } from '@/lib/format/number.ts';
import type { Statistic } from '@/lib/statistics/interval.ts';

export type Result = DeckGroupFieldsFragment['results'][number];

type Reading = {
  name: string;
  of: (result: Result) => Statistic | null;
  format: (value: number) => string;
  formatAxis: (value: number) => string;
  /** A difference of two of them, signed. */
  formatDifference: (value: number) => string;
  unit: string;
};

const accuracy = {
  format: (value: number) => `${percent(value)} %`,
  formatAxis: (value: number) => String(Number((value * 100).toPrecision(4))),
  formatDifference: (value: number) => points(value),
  unit: 'points',
};

/** Every metric of the deck: where a result holds it and how it is written. */
export const metrics: Record<DeckMetric, Reading> = {
  VALIDATION_ACCURACY: { ...accuracy, name: 'Validation accuracy', of: (result) => result.validationAccuracy },
  TEST_ACCURACY: { ...accuracy, name: 'Test accuracy', of: (result) => result.testAccuracy },
};

/** A result's place beside its group's other members: `DML, network 1`; a group of one network goes by its title alone. */
export function memberName(
  group: { title: string; results: readonly unknown[] },
  result: Pick<Result, 'network' | 'label' | 'role'>,
): string {
  if (group.results.length < 2) return group.title;
  if (result.network === null) return `${group.title}, ensemble`;
  return `${group.title}, ${result.role === 'TEACHER' ? 'teacher' : `network ${result.network + 1}`}`;
}
