import { listDatasets } from './catalogue.ts';
import type { DatasetDescription } from './dataset.ts';
import { type DataFolders, dataFolders } from './folders.ts';

/** What this machine holds, as a trainer announces it. Datasets that cannot be used are left out; `trainer data` says what is wrong with them. */
export const describeDatasets = async (folders: DataFolders = dataFolders()): Promise<DatasetDescription[]> => {
  const described: DatasetDescription[] = [];
  for (const source of await listDatasets(folders)) described.push(await source.describe());
  return described;
};
