import { DataError } from './data-error.ts';
import { contentHash, type Dataset, type DatasetSource, type Samples } from './dataset.ts';

export type Content = Pick<Dataset, 'views' | 'classes' | 'train' | 'test'>;

/** Whether all samples of two splits are the same, in the same order: one's files lie under the other's names. */
const areSame = (train: Samples, test: Samples): boolean =>
  train.size === test.size &&
  Object.entries(train.views).every(([view, values]) => {
    const others = test.views[view];
    return others !== undefined && values.every((value, place) => value === others[place]);
  });

/** A dataset in files: to be described, it is read as a whole, so that every file of it has been checked. */
export const loadedSource = (
  name: string,
  folder: string,
  read: () => Promise<Content>,
  published?: DatasetSource['published'],
): DatasetSource => {
  const load = async (): Promise<Dataset> => {
    const content = await read();
    if (areSame(content.train, content.test))
      throw new DataError(
        `${folder}: training and test split hold the same ${content.test.size} samples; one's files lie under the other's names`,
      );
    return { name, hash: contentHash(content), ...content, trainSize: content.train.size, testSize: content.test.size };
  };
  return {
    name,
    origin: folder,
    ...(published && { published }),
    load,
    describe: async () => {
      const { hash, views, classes, trainSize, testSize } = await load();
      return { name, hash, views, classes, trainSize, testSize };
    },
  };
};
