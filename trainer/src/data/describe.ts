import { listDatasets } from './catalogue.ts';
import { DataError } from './data-error.ts';
import type { DatasetDescription } from './dataset.ts';
import { type DataFolders, dataFolders } from './folders.ts';

export type Survey = {
  readonly usable: readonly { readonly origin: string; readonly description: DatasetDescription }[];
  readonly unusable: readonly { readonly name: string; readonly origin: string; readonly reason: string }[];
};

/** Reads and checks every dataset. */
export const surveyDatasets = async (folders: DataFolders): Promise<Survey> => {
  const usable: Survey['usable'][number][] = [];
  const unusable: Survey['unusable'][number][] = [];
  for (const source of await listDatasets(folders)) {
    const { name, origin } = source;
    try {
      usable.push({ origin, description: await source.describe() });
    } catch (error) {
      if (!(error instanceof DataError)) throw error;
      unusable.push({ name, origin, reason: error.message });
    }
  }
  return { usable, unusable };
};

/** What this machine holds, as a trainer announces it. Datasets that cannot be used are left out; `trainer data` says what is wrong with them. */
export const describeDatasets = async (folders: DataFolders = dataFolders()): Promise<DatasetDescription[]> =>
  (await surveyDatasets(folders)).usable.map(({ description }) => description);
