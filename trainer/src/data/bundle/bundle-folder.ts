import { join } from 'node:path';
import { DataError } from '../data-error.ts';
import { type Samples, type Values, type View, viewSize } from '../dataset.ts';
import type { DatasetFormat } from '../format.ts';
import { type Content, loadedSource } from '../loaded-source.ts';
import { type ManifestTrain, type ManifestView, readManifest } from './manifest.ts';
import { readNpy } from './read-npy.ts';

const MANIFEST = 'manifest.json';

type LoadedView = { readonly view: View; readonly values: Values; readonly size: number; readonly path: string };

const readView = async (folder: string, { name, file, axes }: ManifestView): Promise<LoadedView> => {
  const path = join(folder, file);
  const { shape, values } = await readNpy(path);
  const [size = 0, ...sample] = shape;
  if (sample.length !== axes.split(',').length || values.length === 0) {
    throw new DataError(`${path}: has shape ${shape.join(' × ')}, but view ${name} is to be sample × ${axes.replaceAll(',', ' × ')}`);
  }
  return { view: { name, shape: axes === 'height,width' ? [...sample, 1] : sample }, values, size, path };
};

/** One whole number per sample. */
const readColumn = async (path: string, samples: number): Promise<Values> => {
  const { shape, values } = await readNpy(path);
  if (shape.length !== 1) throw new DataError(`${path}: has shape ${shape.join(' × ')}; there must be one number per sample`);
  if (values.length !== samples) throw new DataError(`${path}: ${values.length} numbers for ${samples} samples`);
  const wrong = values.findIndex((value) => !Number.isInteger(value));
  if (wrong >= 0) throw new DataError(`${path}: sample ${wrong} has ${values[wrong]}; it must be a whole number`);
  return values;
};

const readLabels = async (path: string, samples: number, named: number | null): Promise<Int32Array> => {
  const labels = Int32Array.from(await readColumn(path, samples));
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
  return labels;
};

const readTraining = async (folder: string, { file, subjects }: ManifestTrain, samples: number): Promise<boolean[]> => {
  const path = join(folder, file);
  const column = [...(await readColumn(path, samples))];
  if (subjects === null) {
    const wrong = column.findIndex((value) => value !== 0 && value !== 1);
    if (wrong >= 0) throw new DataError(`${path}: sample ${wrong} has ${column[wrong]}; it must be 1 (training) or 0 (test)`);
  } else {
    const absent = subjects.find((subject) => !column.includes(subject));
    if (absent !== undefined) throw new DataError(`${path}: no sample is of subject ${absent}, which the manifest names for training`);
  }
  const training = column.map((value) => (subjects === null ? value === 1 : subjects.includes(value)));
  if (!training.includes(true) || !training.includes(false)) {
    throw new DataError(`${path}: every sample would be for ${training[0] ? 'training' : 'the test'}; there must be some of both`);
  }
  return training;
};

/** The samples at these places, of every view. */
const pick = (loaded: readonly LoadedView[], labels: Int32Array, places: readonly number[]): Samples => {
  const views = loaded.map(({ view, values }) => {
    const size = viewSize(view);
    const picked = values instanceof Uint8Array ? new Uint8Array(places.length * size) : new Float32Array(places.length * size);
    places.forEach((place, k) => {
      picked.set(values.subarray(place * size, (place + 1) * size), k * size);
    });
    return [view.name, picked] as const;
  });
  return { size: places.length, labels: Int32Array.from(places, (place) => labels[place] as number), views: Object.fromEntries(views) };
};

const read = async (folder: string): Promise<Content> => {
  const manifest = await readManifest(join(folder, MANIFEST));
  const loaded: LoadedView[] = [];
  for (const view of manifest.views) loaded.push(await readView(folder, view));
  const [first] = loaded as [LoadedView];
  const unpaired = loaded.find(({ size }) => size !== first.size);
  if (unpaired !== undefined) {
    throw new DataError(
      `${unpaired.path}: view ${unpaired.view.name} has ${unpaired.size} samples, but view ${first.view.name} has ${first.size}; row k of every view must be the same sample`,
    );
  }
  const path = join(folder, manifest.labels);
  const labels = await readLabels(path, first.size, manifest.classes?.length ?? null);
  const training = await readTraining(folder, manifest.train, first.size);
  const places = (wanted: boolean) => [...labels.keys()].filter((place) => training[place] === wanted);
  const train = pick(loaded, labels, places(true));
  const count = manifest.classes?.length ?? labels.reduce((most, label) => Math.max(most, label), 0) + 1;
  if (count < 2) throw new DataError(`${path}: every label is 0; there must be at least two classes`);
  const seen = new Set(train.labels);
  const unseen = Array.from({ length: count }, (_, label) => label).find((label) => !seen.has(label));
  if (unseen !== undefined) throw new DataError(`${path}: no training sample is of class ${manifest.classes?.[unseen] ?? unseen}`);
  const names = manifest.classes ?? Array.from({ length: count }, (_, label) => String(label));
  const classes = names.map((name) => ({ name, superclass: null }));
  return { views: loaded.map(({ view }) => view), classes, train, test: pick(loaded, labels, places(false)) };
};

/** Several views of the same samples, each an array of NumPy's, tied together by a manifest.json: see docs/guide/datasets.md. */
export const bundleFormat: DatasetFormat = {
  name: 'view bundle',
  recognises: (files) => files.includes(MANIFEST),
  sources: (name, folder) => [loadedSource(name, folder, () => read(folder))],
};
