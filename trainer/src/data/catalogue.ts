import { DataError } from './data-error.ts';
import type { DatasetSource } from './dataset.ts';
import type { DataFolders } from './folders.ts';
import { shapesSource } from './shapes/source.ts';

/** Every dataset this machine has: generated ones and those found in the data folder. */
export const listDatasets = async (folders: DataFolders): Promise<DatasetSource[]> => [
  shapesSource(16, folders.cache),
  shapesSource(32, folders.cache),
];

/**
 * The dataset of that name.
 *
 * @throws DataError when there is none.
 */
export const findDataset = async (name: string, folders: DataFolders): Promise<DatasetSource> => {
  const sources = await listDatasets(folders);
  const source = sources.find((candidate) => candidate.name === name);
  if (source === undefined) {
    throw new DataError(
      `dataset ${JSON.stringify(name)} is not here; found are ${sources.map((candidate) => candidate.name).join(', ')} (looked in ${folders.data})`,
    );
  }
  return source;
};
