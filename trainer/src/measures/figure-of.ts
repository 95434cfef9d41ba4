import type { Figure, Split } from '@studyhall/contract/measures/measure.ts';
import { measureNamed } from '@studyhall/contract/measures/registry.ts';
import type { CohortResult, NetworkResult, TrainingResult } from '../training/events.ts';

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

/** What `validationAccuracy`, or of an ensemble `ensembleValidationAccuracy`, and the like hold. */
const columnOf = (result: NetworkResult | CohortResult, column: 'accuracy' | 'loss', split: Split): number | null => {
  const held = result as unknown as Readonly<Record<string, number | null | undefined>>;
  const name = `${split.charAt(0)}${split.slice(1).toLowerCase()}${column === 'accuracy' ? 'Accuracy' : 'Loss'}`;
  return held[`${name.charAt(0).toLowerCase()}${name.slice(1)}`] ?? held[`ensemble${name}`] ?? null;
};
