import { DataError } from './data-error.ts';
import { contentHash, type Dataset, type DatasetClass, type DatasetSource, type Samples } from './dataset.ts';

export type Content = Pick<Dataset, 'views' | 'classes' | 'train' | 'test' | 'remark'>;

/**
 * Names in one spelling: accented letters may be one character or two, and the same data must have the same hash on every machine.
 *
 * @throws DataError for names that no database or page can hold, or that are the same.
 */
const spelled = (folder: string, classes: readonly DatasetClass[]): DatasetClass[] => {
  const names = new Set<string>();
  return classes.map(({ name, superclass }) => {
    const own = name.normalize('NFC');
    if (/[\p{Cc}\p{Cs}]/u.test(own))
      throw new DataError(`${folder}: the class name ${JSON.stringify(name)} holds a control character, or half of one beyond 16 bits`);
    if (names.has(own)) throw new DataError(`${folder}: two classes are called ${JSON.stringify(own)}; every name must be another`);
    names.add(own);
    return { name: own, superclass: superclass?.normalize('NFC') ?? null };
  });
};

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
    const found = await read();
    const content = { ...found, classes: spelled(folder, found.classes) };
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
      const { train: _train, test: _test, ...described } = await load();
      return described;
    },
  };
};
