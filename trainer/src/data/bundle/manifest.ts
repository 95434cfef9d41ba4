import { basename } from 'node:path';
import { contentOf } from '../content.ts';
import { DataError } from '../data-error.ts';

/** What the axes of one sample mean. A picture without channels has one. */
export const AXES = ['time,channel', 'height,width,channel', 'height,width'] as const;

export type ManifestView = { readonly name: string; readonly file: string; readonly axes: (typeof AXES)[number] };

/** Which samples are for training: by a file of ones and zeros, or by the subjects named. */
export type ManifestTrain = { readonly file: string; readonly subjects: readonly number[] | null };

export type Manifest = {
  readonly views: readonly ManifestView[];
  readonly labels: string;
  readonly train: ManifestTrain;
  /** Null: the classes are called by their numbers. */
  readonly classes: readonly string[] | null;
};

type Fields = Readonly<Record<string, unknown>>;

/** Reads fields of one JSON object; every fault names the manifest and the field. */
class Section {
  readonly #at: string;
  readonly #fields: Fields;

  constructor(at: string, value: unknown, allowed: readonly string[]) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DataError(`${at}: must be an object`);
    const unknown = Object.keys(value).find((key) => !allowed.includes(key));
    if (unknown !== undefined) throw new DataError(`${at}: unknown field ${JSON.stringify(unknown)}; there may be ${allowed.join(', ')}`);
    this.#at = at;
    this.#fields = value as Fields;
  }

  fail(field: string, wanted: string): never {
    const value = JSON.stringify(this.#fields[field]);
    throw new DataError(`${this.#at}: ${field} ${value === undefined ? 'is missing' : `is ${value}`}; it must be ${wanted}`);
  }

  has(field: string): boolean {
    return this.#fields[field] !== undefined;
  }

  list(field: string, wanted: string): readonly unknown[] {
    const value = this.#fields[field];
    return Array.isArray(value) && value.length > 0 ? value : this.fail(field, wanted);
  }

  text(field: string, wanted: string, fits: (text: string) => boolean): string {
    const value = this.#fields[field];
    return typeof value === 'string' && fits(value) ? value : this.fail(field, wanted);
  }

  object(field: string): unknown {
    return this.#fields[field];
  }

  /** A file beside the manifest. */
  file(field: string): string {
    return this.text(field, 'the name of a .npy file in the same folder', (name) => basename(name) === name && /\.npy(\.gz)?$/.test(name));
  }
}

const readView = (at: string, value: unknown): ManifestView => {
  const section = new Section(at, value, ['name', 'file', 'axes']);
  const name = section.text('name', 'letters, digits, - or _', (text) => /^[\w-]{1,40}$/.test(text));
  const wanted = `one of ${AXES.map((axes) => JSON.stringify(axes.split(','))).join(', ')}`;
  const given = section.list('axes', wanted).join();
  return { name, file: section.file('file'), axes: AXES.find((axes) => axes === given) ?? section.fail('axes', wanted) };
};

const readTrain = (at: string, value: unknown): ManifestTrain => {
  const section = new Section(at, value, ['file', 'subjects']);
  const file = section.file('file');
  if (!section.has('subjects')) return { file, subjects: null };
  const wanted = 'a list of whole numbers';
  const subjects = section
    .list('subjects', wanted)
    .map((subject) => (Number.isInteger(subject) ? Number(subject) : section.fail('subjects', wanted)));
  return { file, subjects };
};

const repeated = (names: readonly string[]) => names.find((name, place) => names.indexOf(name) !== place);

/**
 * Reads a bundle's manifest.json; docs/guide/datasets.md says what stands in it.
 *
 * @throws DataError for JSON that cannot be read, an unknown, missing or wrong field, or a name that stands twice.
 */
export const readManifest = async (path: string): Promise<Manifest> => {
  const text = (await contentOf(path)).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new DataError(`${path}: is not JSON (${error instanceof Error ? error.message : error})`);
  }
  const section = new Section(path, json, ['views', 'labels', 'train', 'classes']);
  const views = section.list('views', 'a list of views').map((view, place) => readView(`${path}: views[${place}]`, view));
  const twice = repeated(views.map(({ name }) => name));
  if (twice !== undefined) throw new DataError(`${path}: the view ${twice} is named twice`);
  const wanted = 'a list of names, each once';
  const classes = section.has('classes')
    ? section.list('classes', wanted).map((name) => (typeof name === 'string' && name !== '' ? name : section.fail('classes', wanted)))
    : null;
  if (classes !== null && repeated(classes) !== undefined) section.fail('classes', wanted);
  return { views, labels: section.file('labels'), train: readTrain(`${path}: train`, section.object('train')), classes };
};
