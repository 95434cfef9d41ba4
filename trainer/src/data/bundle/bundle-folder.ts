import { join } from 'node:path';
import { DataError } from '../data-error.ts';
import type { Samples, View } from '../dataset.ts';
import type { DatasetFormat } from '../format.ts';
import { type Content, loadedSource } from '../loaded-source.ts';
import { type ManifestTrain, type ManifestView, readManifest } from './manifest.ts';
import { readColumn } from './npy-column.ts';
import { NpyFile } from './npy-file.ts';
import { shown } from './npy-header.ts';
import { type ReadView, readView } from './npy-view.ts';

const MANIFEST = 'manifest.json';

/** Numbers in one sample of a view, as the contract allows. What a packed file holds is known at its end; its header may claim anything. */
const LARGEST_SAMPLE = 100_000_000;

type OpenView = { readonly view: View; readonly file: NpyFile; readonly size: number };

/** A file by the name that the manifest gives it, whichever way the disk spells its accents. */
type Locate = (file: string) => string;

const openView = async (locate: Locate, { name, file, axes }: ManifestView): Promise<OpenView> => {
  const path = locate(file);
  const npy = await NpyFile.open(path);
  const [size = 0, ...sample] = npy.header.shape;
  if (sample.length !== axes.split(',').length || npy.size === 0) {
    throw new DataError(`${path}: has shape ${shown(npy.header.shape)}, but view ${name} is to be sample × ${axes.replaceAll(',', ' × ')}`);
  }
  const numbers = npy.size / size;
  if (!(numbers <= LARGEST_SAMPLE)) {
    throw new DataError(`${path}: has shape ${shown(npy.header.shape)}; a sample of ${numbers} numbers is more than ${LARGEST_SAMPLE}`);
  }
  return { view: { name, shape: axes === 'height,width' ? [...sample, 1] : sample }, file: npy, size };
};

const readLabels = async (path: string, samples: number, named: number | null): Promise<Int32Array> => {
  const labels = await readColumn(path, samples);
  // Every class needs a sample, so there cannot be more classes than samples.
  const end = named ?? samples;
  const wrong = labels.findIndex((label) => label < 0 || label >= end);
  if (wrong >= 0) {
    const wanted =
      named === null
        ? `0 … ${end - 1}, as there are ${samples} samples and every class needs one`
        : `0 … ${named - 1}, as the manifest names ${named} classes`;
    throw new DataError(`${path}: sample ${wrong} has label ${labels[wrong]}; it must be ${wanted}`);
  }
  return Int32Array.from(labels, Number);
};

const readTraining = async (path: string, { subjects }: ManifestTrain, samples: number): Promise<boolean[]> => {
  const column = await readColumn(path, samples);
  if (subjects === null) {
    const wrong = column.findIndex((value) => value !== 0 && value !== 1);
    if (wrong >= 0) throw new DataError(`${path}: sample ${wrong} has ${column[wrong]}; it must be 1 (training) or 0 (test)`);
  } else {
    const there = new Set(column);
    const absent = subjects.find((subject) => !there.has(subject));
    if (absent !== undefined) throw new DataError(`${path}: no sample is of subject ${absent}, which the manifest names for training`);
  }
  const trains = new Set(subjects ?? [1]);
  const training = column.map((value) => trains.has(value));
  if (!training.includes(true) || !training.includes(false)) {
    throw new DataError(`${path}: every sample would be for ${training[0] ? 'training' : 'the test'}; there must be some of both`);
  }
  return training;
};

const read = async (folder: string, files: readonly string[]): Promise<Content> => {
  const manifest = await readManifest(join(folder, MANIFEST));
  const locate = (name: string) => join(folder, files.find((file) => file.normalize('NFC') === name.normalize('NFC')) ?? name);
  const opened: OpenView[] = [];
  for (const view of manifest.views) opened.push(await openView(locate, view));
  const [first] = opened as [OpenView];
  const unpaired = opened.find(({ size }) => size !== first.size);
  if (unpaired !== undefined) {
    throw new DataError(
      `${unpaired.file.path}: view ${unpaired.view.name} has ${unpaired.size} samples, but view ${first.view.name} has ${first.size}; row k of every view must be the same sample`,
    );
  }
  const path = locate(manifest.labels);
  const labels = await readLabels(path, first.size, manifest.classes?.length ?? null);
  const training = await readTraining(locate(manifest.train.file), manifest.train, first.size);
  const labelsOf = (trains: boolean) => labels.filter((_, sample) => training[sample] === trains);
  const count = manifest.classes?.length ?? labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  if (count < 2) throw new DataError(`${path}: every label is 0; there must be at least two classes`);
  const seen = new Set(labelsOf(true));
  const unseen = Array.from({ length: count }, (_, label) => label).find((label) => !seen.has(label));
  if (unseen !== undefined) throw new DataError(`${path}: no training sample is of class ${manifest.classes?.[unseen] ?? unseen}`);
  const names = manifest.classes ?? Array.from({ length: count }, (_, label) => String(label));
  const values: { readonly name: string; readonly read: ReadView }[] = [];
  for (const { view, file } of opened) values.push({ name: view.name, read: await readView(file, training) });
  const samplesOf = (part: 'train' | 'test'): Samples => {
    const own = labelsOf(part === 'train');
    return { size: own.length, labels: own, views: Object.fromEntries(values.map(({ name, read }) => [name, read[part]])) };
  };
  const classes = names.map((name) => ({ name, superclass: null }));
  return { views: opened.map(({ view }) => view), classes, train: samplesOf('train'), test: samplesOf('test') };
};

/** Several views of the same samples, each an array of NumPy's, tied together by a manifest.json: see docs/guide/datasets.md. */
export const bundleFormat: DatasetFormat = {
  name: 'view bundle',
  recognises: (files) => files.includes(MANIFEST),
  sources: (name, folder, files) => [loadedSource(name, folder, () => read(folder, files))],
};
