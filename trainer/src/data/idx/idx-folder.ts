import { basename, join } from 'node:path';
import { readClassNames } from '../class-names.ts';
import { DataError } from '../data-error.ts';
import type { Samples } from '../dataset.ts';
import type { DatasetFormat } from '../format.ts';
import { type Content, loadedSource } from '../loaded-source.ts';
import { readIdx } from './read-idx.ts';

const VIEW = 'image';
const CLASS_NAMES = 'classes.txt';

/** The four files, as MNIST and Fashion-MNIST name them. */
const STEMS = ['train-images', 'train-labels', 't10k-images', 't10k-labels'] as const;
type Stem = (typeof STEMS)[number];

const RANKS: Readonly<Record<'images' | 'labels', 1 | 3>> = { images: 3, labels: 1 };

const rankOf = (stem: Stem) => RANKS[stem.endsWith('images') ? 'images' : 'labels'];

const belongsTo = (stem: Stem, file: string): boolean => new RegExp(`^${stem}[-.]idx${rankOf(stem)}-ubyte(\\.gz)?$`).test(file);

/** The file that holds that part; unpacked before gzipped, where both lie there. */
const fileOf = (stem: Stem, files: readonly string[]): string | undefined => files.filter((file) => belongsTo(stem, file)).sort()[0];

const pair = async (folder: string, files: readonly string[], images: Stem, labels: Stem) => {
  const paths = [images, labels].map((stem) => {
    const file = fileOf(stem, files);
    if (file === undefined) throw new DataError(`${folder}: ${stem}-idx${rankOf(stem)}-ubyte (or .gz) is missing`);
    return join(folder, file);
  }) as [string, string];
  const pictures = await readIdx(paths[0], [3, 4]);
  const classes = await readIdx(paths[1], [1]);
  const [count = 0] = pictures.shape;
  if (count !== classes.values.length)
    throw new DataError(`${paths[1]}: ${classes.values.length} labels for the ${count} images of ${basename(paths[0])}`);
  if (pictures.values.length === 0) throw new DataError(`${paths[0]}: holds no images (${pictures.shape.join(' × ')})`);
  const shape = pictures.shape.length === 4 ? pictures.shape.slice(1) : [...pictures.shape.slice(1), 1];
  const samples: Samples = { size: count, labels: Int32Array.from(classes.values), views: { [VIEW]: pictures.values } };
  return { samples, shape, path: paths[1] };
};

const largest = (labels: Int32Array): number => labels.reduce((most, label) => Math.max(most, label), 0);

const read = async (folder: string, files: readonly string[]): Promise<Content> => {
  const train = await pair(folder, files, 'train-images', 'train-labels');
  const test = await pair(folder, files, 't10k-images', 't10k-labels');
  if (train.shape.join() !== test.shape.join()) {
    throw new DataError(`${folder}: training images are ${train.shape.join(' × ')}, test images ${test.shape.join(' × ')}`);
  }
  const count = largest(train.samples.labels) + 1;
  if (count < 2) throw new DataError(`${train.path}: every label is ${count - 1}; there must be at least two classes`);
  if (largest(test.samples.labels) >= count) {
    throw new DataError(`${test.path}: holds label ${largest(test.samples.labels)}, but training labels end at ${count - 1}`);
  }
  const unseen = Array.from({ length: count }, (_, label) => label).find((label) => !train.samples.labels.includes(label));
  if (unseen !== undefined)
    throw new DataError(`${train.path}: no training image has label ${unseen}, though labels go up to ${count - 1}`);
  const names = await readClassNames(folder, files, CLASS_NAMES, count);
  return {
    views: [{ name: VIEW, shape: train.shape }],
    classes: names.map((name) => ({ name, superclass: null })),
    train: train.samples,
    test: test.samples,
  };
};

/**
 * MNIST's format: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-images-idx3-ubyte`, `t10k-labels-idx1-ubyte`, each also
 * with `.gz`. Classes are called by their numbers, unless `classes.txt` names them, one a line.
 */
export const idxFormat: DatasetFormat = {
  name: 'idx',
  recognises: (files) => STEMS.some((stem) => fileOf(stem, files) !== undefined),
  sources: (name, folder, files) => [loadedSource(name, folder, () => read(folder, files))],
};
