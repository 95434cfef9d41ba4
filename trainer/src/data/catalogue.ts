import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from './data-error.ts';
import type { DatasetSource } from './dataset.ts';
import type { DataFolders } from './folders.ts';
import type { DatasetFormat } from './format.ts';
import { idxFormat } from './idx/idx-folder.ts';
import { shapesSource } from './shapes/source.ts';

const FORMATS: readonly DatasetFormat[] = [idxFormat];

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

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
    const format = FORMATS.find((candidate) => candidate.recognises(files));
    if (format !== undefined) sources.push(format.source(entry.name, folder, files));
  }
  return sources;
};

/** Every dataset this machine has: the generated ones, and each folder of the data folder whose files look like a known format. */
export const listDatasets = async (folders: DataFolders): Promise<DatasetSource[]> => {
  const generated = ([16, 32] as const).map((extent) => shapesSource(extent, folders.cache));
  const found = (await inFolder(folders.data)).filter(({ name }) => generated.every((own) => own.name !== name));
  return [...generated, ...found];
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
