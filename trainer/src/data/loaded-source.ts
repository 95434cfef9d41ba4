import { contentHash, type Dataset, type DatasetSource } from './dataset.ts';

export type Content = Pick<Dataset, 'views' | 'classes' | 'train' | 'test'>;

/** A dataset in files: to be described, it is read as a whole, so that every file of it has been checked. */
export const loadedSource = (name: string, folder: string, read: () => Promise<Content>): DatasetSource => {
  const load = async (): Promise<Dataset> => {
    const content = await read();
    return { name, hash: contentHash(content), ...content, trainSize: content.train.size, testSize: content.test.size };
  };
  return {
    name,
    origin: folder,
    load,
    describe: async () => {
      const { hash, views, classes, trainSize, testSize } = await load();
      return { name, hash, views, classes, trainSize, testSize };
    },
  };
};
