import { basename } from 'node:path';
import { DataError } from '../data-error.ts';
import { readJson, Section } from '../json-section.ts';
import { type Whole, whole } from './npy-column.ts';

/** What the axes of one sample mean. A picture without channels has one. */
export const AXES = ['time,channel', 'height,width,channel', 'height,width'] as const;

export type ManifestView = { readonly name: string; readonly file: string; readonly axes: (typeof AXES)[number] };

/** Which samples are for training: by a file of ones and zeros, or by the subjects named. */
export type ManifestTrain = { readonly file: string; readonly subjects: readonly Whole[] | null };

export type Manifest = {
  readonly views: readonly ManifestView[];
  readonly labels: string;
  readonly train: ManifestTrain;
  /** Null: the classes are called by their numbers. */
  readonly classes: readonly string[] | null;
};

/** A file beside the manifest. */
const fileIn = (section: Section, field: string): string =>
  section.text(field, 'the name of a .npy file in the same folder', (name) => basename(name) === name && /\.npy(\.gz)?$/.test(name));

const readView = (at: string, value: unknown): ManifestView => {
  const section = new Section(at, value, ['name', 'file', 'axes']);
  const name = section.text('name', 'letters, digits, - or _', (text) => /^[\w-]{1,40}$/.test(text));
  const wanted = `one of ${AXES.map((axes) => JSON.stringify(axes.split(','))).join(', ')}`;
  const given = section.list('axes', wanted).join();
  return { name, file: fileIn(section, 'file'), axes: AXES.find((axes) => axes === given) ?? section.fail('axes', wanted) };
};

const readTrain = (at: string, value: unknown): ManifestTrain => {
  const section = new Section(at, value, ['file', 'subjects']);
  const file = fileIn(section, 'file');
  if (!section.has('subjects')) return { file, subjects: null };
  const wanted = 'a list of whole numbers, written out in full';
  const subjects = section.list('subjects', wanted).map((subject) => readSubject(subject) ?? section.fail('subjects', wanted));
  return { file, subjects };
};

/** Long ones come as texts, and short ones may; null for what is no whole number, or may have been rounded to one. */
const readSubject = (value: unknown): Whole | null => {
  if (typeof value === 'string') return /^-?\d{1,20}$/.test(value) ? whole(BigInt(value)) : null;
  return typeof value === 'number' && Number.isSafeInteger(value) ? whole(value) : null;
};

const repeated = (names: readonly string[]) => names.find((name, place) => names.indexOf(name) !== place);

/**
 * Reads a bundle's manifest.json; docs/guide/datasets.md says what stands in it.
 *
 * @throws DataError for JSON that cannot be read, an unknown, missing or wrong field, or a name that stands twice.
 */
export const readManifest = async (path: string): Promise<Manifest> => {
  const section = new Section(path, await readJson(path), ['views', 'labels', 'train', 'classes']);
  const views = section.list('views', 'a list of views').map((view, place) => readView(`${path}: views[${place}]`, view));
  const twice = repeated(views.map(({ name }) => name));
  if (twice !== undefined) throw new DataError(`${path}: the view ${twice} is named twice`);
  const wanted = 'a list of names, each once';
  const classes = section.has('classes')
    ? section.list('classes', wanted).map((name) => (typeof name === 'string' && name !== '' ? name : section.fail('classes', wanted)))
    : null;
  if (classes !== null && repeated(classes) !== undefined) section.fail('classes', wanted);
  return { views, labels: fileIn(section, 'labels'), train: readTrain(`${path}: train`, section.object('train')), classes };
};
