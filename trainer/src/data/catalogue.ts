import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleFormat } from './bundle/bundle-folder.ts';
import { cifarFormat } from './cifar/cifar-folder.ts';
import { DataError } from './data-error.ts';
import type { DatasetSource } from './dataset.ts';
import type { DataFolders } from './folders.ts';
import type { DatasetFormat } from './format.ts';
import { idxFormat } from './idx/idx-folder.ts';
import { loadedSource } from './loaded-source.ts';
import { shapesSource } from './shapes/source.ts';

const FORMATS: readonly DatasetFormat[] = [idxFormat, cifarFormat, bundleFormat];

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const mixed = (name: string, folder: string, formats: readonly DatasetFormat[]): DatasetSource =>
  loadedSource(name, folder, async () => {
    throw new DataError(
      `${folder}: files of ${formats.map((format) => format.name).join(' and ')} are mixed; each needs a folder of its own`,
    );
  });

const inFolder = async (data: string): Promise<DatasetSource[]> => {
  const entries = await readdir(data, { withFileTypes: true }).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw error;
  });
  const sources: DatasetSource[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (!entry.isDirectory() && !entry.isSymbolicLink()) continue;
    const folder = join(data, entry.name);
    const files = await readdir(folder).catch(() => []);
    const formats = FORMATS.filter((candidate) => candidate.recognises(files));
    const [format] = formats;
    if (formats.length > 1) sources.push(mixed(entry.name, folder, formats));
    else if (format !== undefined) sources.push(...format.sources(entry.name, folder, files));
  }
  return sources;
};

/**
 * Every dataset this machine has: the generated ones, and each folder of the data folder whose files look like a known format. Of two
 * with the same name the first counts.
 */
export const listDatasets = async (folders: DataFolders): Promise<DatasetSource[]> => {
  const generated = ([16, 32] as const).map((extent) => shapesSource(extent, folders.cache));
  const found = await inFolder(folders.data);
  const all = [...generated, ...found];
  return all.filter(({ name }, place) => all.findIndex((other) => other.name === name) === place);
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
  const names = sources.map((candidate) => candidate.name).join(', ');
  throw new DataError(`dataset ${JSON.stringify(name)} is not here; there are ${names} (other datasets are looked for in ${folders.data})`);
};
