import { DataError } from './data-error.ts';
import type { Dataset } from './dataset.ts';
import type { Split, SplitSettings } from './split.ts';

/**
 * What only the labels can tell of a split.
 *
 * @throws DataError when a class would be left without a labelled image, or when classes are withheld that there are not, or all of them.
 */
export const checkSplit = (dataset: Pick<Dataset, 'name' | 'classes' | 'train'>, split: Split, settings: SplitSettings): void => {
  const { labelledFraction = 1, withheldClasses = [] } = settings;
  const count = dataset.classes.length;
  const unknown = withheldClasses.find((label) => label >= count);
  if (unknown !== undefined) {
    throw new DataError(`data.withheldClasses: ${dataset.name} has no class ${unknown}; it has the classes 0 to ${count - 1}`);
  }
  if (new Set(withheldClasses).size === count) {
    throw new DataError(`data.withheldClasses: all ${count} classes of ${dataset.name} are withheld; nothing is left to train on`);
  }
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
