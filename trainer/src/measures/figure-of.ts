import { columnOf } from '@studyhall/contract/measures/column-of.ts';
import type { Figure } from '@studyhall/contract/measures/measure.ts';
import { measureNamed } from '@studyhall/contract/measures/registry.ts';
import type { TrainingResult } from '../training/events.ts';

/** A figure of a run's network, or its ensemble (null); null where it was not measured. */
export const figureOf = (
  { networks, cohort }: Pick<TrainingResult, 'networks' | 'cohort'>,
  network: number | null,
  figure: Figure,
): number | null => {
  const result = network === null ? cohort : networks.find(({ index }) => index === network);
  if (!result) return null;
  const column = measureNamed(figure.measure)?.column;
  if (column) return columnOf(result, column, figure.split);
  return result.measurements.find(({ measure, split }) => measure === figure.measure && split === figure.split)?.value ?? null;
};
