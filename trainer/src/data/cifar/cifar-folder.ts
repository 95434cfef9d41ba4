import { join } from 'node:path';
import { readClassNames } from '../class-names.ts';
import { DataError } from '../data-error.ts';
import type { DatasetClass, DatasetSource, Samples } from '../dataset.ts';
import type { DatasetFormat } from '../format.ts';
import { type Content, loadedSource } from '../loaded-source.ts';
import { CIFAR_SHAPE, type LabelByte, type Records, readCifar } from './records.ts';

const VIEW = 'image';
const CIFAR_10 = { train: [1, 2, 3, 4, 5].map((k) => `data_batch_${k}.bin`), test: ['test_batch.bin'] };
const CIFAR_100 = { train: ['train.bin'], test: ['test.bin'] };
const CLASSES_10: readonly LabelByte[] = [{ name: 'label', classes: 10 }];
const CLASSES_100: readonly LabelByte[] = [
  { name: 'coarse label', classes: 20 },
  { name: 'fine label', classes: 100 },
];

const PUBLISHED = { train: 50_000, test: 10_000 };

type Parts = typeof CIFAR_10;

/** The file of that name, or its gzipped form. */
const fileOf = (name: string, files: readonly string[]) => [name, `${name}.gz`].find((file) => files.includes(file));

const holds = ({ train, test }: Parts, files: readonly string[]) => [...train, ...test].some((name) => fileOf(name, files) !== undefined);

/** One file after the other. */
const concatenate = (parts: readonly Records[]): Records => {
  const [first] = parts;
  if (first !== undefined && parts.length === 1) return first;
  const size = parts.reduce((total, part) => total + part.size, 0);
  const labels = Int32Array.from(parts.flatMap((part) => [...(part.labels[0] as Int32Array)]));
  const images = new Uint8Array(parts.reduce((total, part) => total + part.images.length, 0));
  let at = 0;
  for (const part of parts) {
    images.set(part.images, at);
    at += part.images.length;
  }
  return { size, labels: [labels], images };
};

const samplesOf = ({ size, images, labels }: Records, place: number): Samples => ({
  size,
  labels: labels[place] as Int32Array,
  views: { [VIEW]: images },
});

const readParts = async (folder: string, files: readonly string[], names: Parts, labels: readonly LabelByte[]) => {
  const paths = (part: keyof Parts) =>
    names[part].map((name) => {
      const file = fileOf(name, files);
      if (file === undefined) throw new DataError(`${folder}: ${name} (or .gz) is missing`);
      return join(folder, file);
    });
  const found = { train: paths('train'), test: paths('test') };
  const read = async (part: keyof Parts) => {
    const records: Records[] = [];
    for (const path of found[part]) records.push(await readCifar(path, labels));
    return concatenate(records);
  };
  return { train: await read('train'), test: await read('test') };
};

const views = [{ name: VIEW, shape: CIFAR_SHAPE }];

const readTen = async (folder: string, files: readonly string[]): Promise<Content> => {
  const { train, test } = await readParts(folder, files, CIFAR_10, CLASSES_10);
  const names = await readClassNames(folder, files, 'batches.meta.txt', 10);
  const classes = names.map((name) => ({ name, superclass: null }));
  return { views, classes, train: samplesOf(train, 0), test: samplesOf(test, 0) };
};

/** The superclass of each fine class, as the records tell. -1 for a class without images. */
const hierarchy = (folder: string, parts: readonly Records[]): Int32Array => {
  const superclasses = new Int32Array(100).fill(-1);
  for (const { labels } of parts) {
    const [coarse, fine] = labels as [Int32Array, Int32Array];
    fine.forEach((label, k) => {
      const known = superclasses[label] as number;
      const told = coarse[k] as number;
      if (known >= 0 && known !== told) {
        throw new DataError(
          `${folder}: fine label ${label} comes with the coarse labels ${known} and ${told}; it belongs to one superclass`,
        );
      }
      superclasses[label] = told;
    });
  }
  return superclasses;
};

const readHundred = async (folder: string, files: readonly string[], level: 'fine' | 'coarse'): Promise<Content> => {
  const { train, test } = await readParts(folder, files, CIFAR_100, CLASSES_100);
  const superclasses = hierarchy(folder, [train, test]);
  const coarse = await readClassNames(folder, files, 'coarse_label_names.txt', 20);
  const fine = await readClassNames(folder, files, 'fine_label_names.txt', 100);
  const classes: DatasetClass[] =
    level === 'coarse'
      ? coarse.map((name) => ({ name, superclass: null }))
      : fine.map((name, label) => ({ name, superclass: coarse[superclasses[label] as number] ?? null }));
  const place = level === 'coarse' ? 0 : 1;
  return { views, classes, train: samplesOf(train, place), test: samplesOf(test, place) };
};

const sources = (name: string, folder: string, files: readonly string[]): DatasetSource[] => {
  const ten = holds(CIFAR_10, files);
  if (ten && holds(CIFAR_100, files)) {
    const refuse = async () => {
      throw new DataError(`${folder}: files of CIFAR-10 and of CIFAR-100 are mixed; each needs a folder of its own`);
    };
    return [loadedSource(name, folder, refuse)];
  }
  if (ten) return [loadedSource(name, folder, () => readTen(folder, files), PUBLISHED)];
  return [
    loadedSource(name, folder, () => readHundred(folder, files, 'fine'), PUBLISHED),
    loadedSource(`${name}-coarse`, folder, () => readHundred(folder, files, 'coarse'), PUBLISHED),
  ];
};

/**
 * The binary version of CIFAR-10 (`data_batch_1.bin` … `data_batch_5.bin`, `test_batch.bin`; names in `batches.meta.txt`) and of
 * CIFAR-100 (`train.bin`, `test.bin`; names in `fine_label_names.txt` and `coarse_label_names.txt`), each also with `.gz`. A CIFAR-100
 * folder is two datasets: its name stands for the fine labels, its name with `-coarse` for the twenty superclasses.
 */
export const cifarFormat: DatasetFormat = {
  name: 'CIFAR',
  recognises: (files) => holds(CIFAR_10, files) || holds(CIFAR_100, files),
  sources,
};
