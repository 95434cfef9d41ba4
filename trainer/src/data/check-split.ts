import { DataError } from './data-error.ts';
import type { Dataset } from './dataset.ts';
import type { Split, SplitSettings } from './split.ts';

/**
 * What only the labels can tell of a split.
 *
 * @throws DataError when a class would be left without a labelled image.
 */
export const checkSplit = (dataset: Pick<Dataset, 'name' | 'classes' | 'train'>, split: Split, settings: SplitSettings): void => {
  const { labelledFraction = 1 } = settings;
  // With every label used, a class may be missing: the subset was asked for so.
  if (labelledFraction === 1) return;
  const present = new Set(Array.from(split.labelled, (index) => dataset.train.labels[index]));
  const empty = dataset.classes.flatMap(({ name }, label) =>
    present.has(label) ? [] : [name === String(label) ? name : `${label} (${name})`],
  );
  if (empty.length === 0) return;
  throw new DataError(
    `data.labelledFraction: ${labelledFraction} of ${split.train.length} training images leaves class ${empty.join(', ')} without a labelled ` +
      'image; every class needs one',
  );
};
