import { written } from '@studyhall/contract/settings/written.ts';
import { findUnstorable } from '../limits/storable.ts';
import type { AnnouncedDataset } from '../sql/datasets.ts';

/** Most classes of one dataset: those of ImageNet's larger cousins. */
const maxClasses = 10_000;
const maxViews = 16;
const maxName = 200;
/** Numbers in one sample of a view. */
const maxSample = 100_000_000;

/** Why a dataset cannot be offered; undefined if it can. */
export function checkDataset({ name, hash, views, classes, trainSize, testSize }: AnnouncedDataset): string | undefined {
  if (!/^[a-z0-9][a-z0-9._-]{0,63}$/.test(name))
    return 'its name has to be 1 to 64 lower-case letters, digits, ".", "_" and "-", the first a letter or digit.';
  if (!/^sha256:[0-9a-f]{64}$/.test(hash)) return `its hash is "${hash.slice(0, 80)}"; it has to be "sha256:" and 64 hexadecimal digits.`;
  if (views.length < 1 || views.length > maxViews) return `it has ${views.length} views; 1 to ${maxViews} are allowed.`;
  for (const view of views) {
    const problem = checkText(view.name) ?? checkShape(view.shape);
    if (problem) return `its view "${view.name.slice(0, 80)}" ${problem}`;
  }
  if (classes.length < 2 || classes.length > maxClasses)
    return `it has ${written(classes.length)} classes; 2 to ${written(maxClasses)} are allowed.`;
  for (const [i, one] of classes.entries()) {
    const problem = checkText(one.name) ?? (one.superclass == null ? undefined : checkText(one.superclass));
    if (problem) return `the name of its class ${i} ${problem}`;
  }
  if (trainSize < 1 || testSize < 0) return `it has ${trainSize} training and ${testSize} test samples; at least 1 and 0 are needed.`;
  return undefined;
}

function checkText(text: string): string | undefined {
  if (text.length < 1 || text.length > maxName) return `has ${written(text.length)} characters; 1 to ${written(maxName)} are allowed.`;
  const unstorable = findUnstorable(text);
  return unstorable ? `holds ${unstorable}, which cannot be stored.` : undefined;
}

function checkShape(shape: readonly number[]): string | undefined {
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (shape.length >= 1 && shape.length <= 4 && shape.every((extent) => extent >= 1) && size <= maxSample) return undefined;
  return `has the shape ${shape.slice(0, 8).join(' × ')}; 1 to 4 positive extents with at most ${written(maxSample)} numbers are allowed.`;
}
