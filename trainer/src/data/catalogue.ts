import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { howToGet } from '@studyhall/contract/spec/published-datasets.ts';
import { bundleFormat } from './bundle/bundle-folder.ts';
import { cifarFormat } from './cifar/cifar-folder.ts';
import { DataError } from './data-error.ts';
import type { DatasetSource } from './dataset.ts';
import { namesIn } from './entries.ts';
import type { DataFolders } from './folders.ts';
import type { DatasetFormat } from './format.ts';
import { idxFormat } from './idx/idx-folder.ts';
import { imageFolderFormat } from './image-folder/image-folder.ts';
import { loadedSource } from './loaded-source.ts';
import { shapesSource } from './shapes/source.ts';

const FORMATS: readonly DatasetFormat[] = [idxFormat, cifarFormat, bundleFormat, imageFolderFormat];

/** What the contract allows. */
const NAME = /^[a-z0-9][a-z0-9._-]{0,63}$/;

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

/** A dataset that cannot be used, and why. */
const refused = (name: string, folder: string, reason: string): DatasetSource =>
  loadedSource(name, folder, async () => {
    throw new DataError(`${folder}: ${reason}`);
  });

/** Why the files of a folder are no dataset. */
const unknownFiles = (files: readonly string[]): string => {
  if (files.length === 0) return 'is empty';
  if (files.some((file) => /\.npy(\.gz)?$/.test(file))) return 'holds .npy arrays, but no manifest.json that says what they are';
  const shown = files.slice(0, 5).join(', ') + (files.length > 5 ? ', …' : '');
  return `holds no dataset in a known format (${FORMATS.map(({ name }) => name).join(', ')}), but ${shown}; docs/guide/datasets.md says what the files must be called`;
};

/** A folder may hold several datasets, called by more than its name. */
const named = (source: DatasetSource): DatasetSource =>
  NAME.test(source.name)
    ? source
    : refused(
        source.name,
        source.origin,
        `the name ${source.name} has ${source.name.length} characters, at most 64 are allowed; rename the folder`,
      );

/** The datasets of one folder, called after `name`; one that cannot be used says so when it is read. */
export const sourcesIn = async (name: string, folder: string): Promise<readonly DatasetSource[]> => {
  const found = await namesIn(folder).catch((error: Error) => error);
  if (found instanceof Error) return [refused(name, folder, `cannot be read (${found.message})`)];
  const files = found.names;
  if (!NAME.test(name)) {
    return [refused(name, folder, 'a dataset is called by its folder: at most 64 lower-case letters, digits, ".", "_" and "-"; rename it')];
  }
  const formats = FORMATS.filter((candidate) => candidate.recognises(files));
  const [format] = formats;
  if (format === undefined) return [refused(name, folder, unknownFiles(files))];
  if (formats.length === 1) return format.sources(name, folder, files).map(named);
  return [refused(name, folder, `files of ${formats.map((one) => one.name).join(' and ')} are mixed; each needs a folder of its own`)];
};

const isFolder = async (path: string | Buffer): Promise<boolean> => (await stat(path).catch(() => null))?.isDirectory() ?? false;

const inFolder = async (data: string): Promise<DatasetSource[]> => {
  const found = await namesIn(data).catch((error: Error) => error);
  if (found instanceof Error) {
    return isMissing(found) ? [] : [refused(basename(data), data, `cannot be read (${found.message}); no dataset is looked for there`)];
  }
  const { names, foreign } = found;
  const sources: DatasetSource[] = [];
  for (const name of names) {
    const folder = join(data, name);
    if (await isFolder(folder)) sources.push(...(await sourcesIn(name, folder)));
  }
  for (const { shown, path } of foreign)
    if (await isFolder(path)) sources.push(refused(shown, join(data, shown), 'its name is not UTF-8; rename it'));
  return sources;
};

/**
 * Every dataset this machine has: the generated ones, and each folder of the data folder. Of two with the same name the first counts; the
 * other is there to say so, as are folders that hold no dataset.
 */
export const listDatasets = async (folders: DataFolders): Promise<DatasetSource[]> => {
  const generated = ([16, 32] as const).map((extent) => shapesSource(extent, folders.cache));
  const all = [...generated, ...(await inFolder(folders.data))];
  return all.map((source, place) => {
    const first = all.findIndex(({ name }) => name === source.name);
    if (first === place) return source;
    return refused(
      source.name,
      source.origin,
      `another dataset has the name ${source.name} (${(all[first] as DatasetSource).origin}); rename the folder`,
    );
  });
};

/**
 * The dataset of that name.
 *
 * @throws DataError when there is none.
 */
export const findDataset = async (name: string, folders: DataFolders): Promise<DatasetSource> => {
  const sources = await listDatasets(folders);
  const source = sources.find((candidate) => candidate.name === name);
  if (source !== undefined) return source;
  const names = [...new Set(sources.map((candidate) => candidate.name))].join(', ');
  const get = howToGet(name);
  const others = get === undefined ? `other datasets are looked for in ${folders.data}` : get.replace(/\.$/, '');
  throw new DataError(`dataset ${JSON.stringify(name)} is not here; there are ${names} (${others})`);
};
