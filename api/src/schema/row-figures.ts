import type { Figure } from '@studyhall/contract/measures/measure.ts';
import type { Context } from '../context.ts';
import type { BoardRow } from '../leaderboard/board.ts';
import { rowFigure, rowFigures } from '../leaderboard/row-figures.ts';
import type { Asked } from '../metrics/final-figures.ts';
import { measurementArgs, measurementPrice, RowMeasurement } from './measure.ts';

/** Resolves a row's figure that has a field of its own: over its seeds, or over its ensemble's. */
export const overSeeds =
  (figure: Figure, of: 'points' | 'ensemble_points' = 'points') =>
  (row: BoardRow, _args: object, { loaders }: Context) =>
    rowFigure(row[of], figure, loaders.finalMeasurements);

/** The field of a row that lists its figures. */
export const rowMeasurements = {
  type: [RowMeasurement] as [typeof RowMeasurement],
  description: 'Its figures over seeds, accuracies and losses among them.',
  extensions: measurementPrice,
  args: measurementArgs,
  resolve: ({ points }: BoardRow, args: Asked, { loaders }: Context) => rowFigures(points, args, loaders.finalMeasurements),
};
