import { listDatasets } from './catalogue.ts';
import type { DatasetDescription, DatasetSource } from './dataset.ts';
import type { DataFolders } from './folders.ts';

export type Survey = {
  /** With what there is to say of one: null, what its readers found odd, or in what it differs from what was published. */
  readonly usable: readonly { readonly origin: string; readonly description: DatasetDescription; readonly remark: string | null }[];
  readonly unusable: readonly { readonly name: string; readonly origin: string; readonly reason: string }[];
};

/** CIFAR's files name no length: one that was cut at a record's border looks like a smaller one. */
const differsFrom = (published: DatasetSource['published'], { trainSize, testSize }: DatasetDescription): string | null =>
  published === undefined || (published.train === trainSize && published.test === testSize)
    ? null
    : `published with ${published.train} and ${published.test}: a subset, or files cut short at the end of a record`;

/** Reads and checks every dataset. */
export const surveyDatasets = async (folders: DataFolders): Promise<Survey> => {
  const usable: Survey['usable'][number][] = [];
  const unusable: Survey['unusable'][number][] = [];
  for (const source of await listDatasets(folders)) {
    const { name, origin, published } = source;
    try {
      const { remark, ...description } = await source.describe();
      usable.push({ origin, description, remark: remark ?? differsFrom(published, description) });
    } catch (error) {
      // Whatever befell one, the others are still there.
      unusable.push({ name, origin, reason: error instanceof Error ? error.message : String(error) });
    }
  }
  return { usable, unusable };
};
