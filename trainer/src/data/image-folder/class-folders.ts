import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../data-error.ts';

/** A picture of one class: its file, and the class's place among all. */
export type LabelledFile = { readonly path: string; readonly label: number };

export type ClassFolders = {
  readonly classes: readonly string[];
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[];
};

const isLeftByASystem = (name: string) => name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini' || name === '__MACOSX';

const byName = (a: string, b: string) => (a < b ? -1 : 1);

/** Names of a folder's entries, in order; links count as what they lead to. */
const list = async (folder: string): Promise<{ folders: string[]; files: string[] }> => {
  const names = await readdir(folder).catch((error: Error) => {
    throw new DataError(`${folder}: cannot be read (${error.message})`);
  });
  const entries = await Promise.all(
    names
      .filter((name) => !isLeftByASystem(name))
      .sort(byName)
      .map(async (name) => ({ name, found: await stat(join(folder, name)).catch(() => null) })),
  );
  const lost = entries.find(({ found }) => found === null);
  if (lost !== undefined) throw new DataError(`${join(folder, lost.name)}: is a link that leads nowhere`);
  const folders = entries.filter(({ found }) => found?.isDirectory()).map(({ name }) => name);
  return { folders, files: entries.map(({ name }) => name).filter((name) => !folders.includes(name)) };
};

const picturesOf = async (folder: string): Promise<string[]> => {
  const { folders, files } = await list(folder);
  if (folders.length > 0)
    throw new DataError(`${join(folder, folders[0] as string)}: is a folder within a class; a class's pictures lie in its own folder`);
  const other = files.find((name) => !/\.(png|jpe?g)$/i.test(name));
  if (other !== undefined) throw new DataError(`${join(folder, other)}: is no picture; only .png, .jpg and .jpeg files may lie there`);
  if (files.length === 0) throw new DataError(`${folder}: holds no pictures; every class needs some, in train and in test`);
  return files.map((name) => join(folder, name));
};

const classesOf = async (folder: string): Promise<string[]> => {
  const { folders, files } = await list(folder);
  if (files.length > 0)
    throw new DataError(`${join(folder, files[0] as string)}: lies beside the classes; each picture belongs in the folder of its class`);
  return folders;
};

const present = (folders: readonly string[], folder: string): void => {
  const missing = ['train', 'test'].filter((part) => !folders.includes(part));
  if (missing.length === 0) return;
  const like = folders.find((name) => /^val/i.test(name));
  const hint =
    missing.includes('test') && like !== undefined ? `; ${like} is there: call it test, if these pictures are the official test split` : '';
  throw new DataError(`${folder}: the folder ${missing.join(' and ')} is missing${hint}`);
};

/**
 * The pictures of train/CLASS and test/CLASS, in the order of their names.
 *
 * @throws DataError for a missing part, other folders beside them, classes that differ between the two, an empty class, or a file that is
 *   no picture by its name.
 */
export const readClassFolders = async (folder: string): Promise<ClassFolders> => {
  const { folders } = await list(folder);
  present(folders, folder);
  const more = folders.find((name) => name !== 'train' && name !== 'test');
  if (more !== undefined) {
    throw new DataError(
      `${join(folder, more)}: only train and test may lie here; validation is taken from the training pictures by each run's data settings`,
    );
  }
  const [train, test] = [join(folder, 'train'), join(folder, 'test')];
  const classes = await classesOf(train);
  const tested = await classesOf(test);
  const untested = classes.find((name) => !tested.includes(name));
  if (untested !== undefined) throw new DataError(`${test}: the class ${untested} is missing, which is in train`);
  const untrained = tested.find((name) => !classes.includes(name));
  if (untrained !== undefined) throw new DataError(`${train}: the class ${untrained} is missing, which is in test`);
  if (classes.length < 2)
    throw new DataError(`${train}: holds ${classes.length} classes; there must be at least two, each a folder of pictures`);
  const label = async (part: string) => {
    const files = await Promise.all(classes.map((name) => picturesOf(join(part, name))));
    return files.flatMap((paths, place) => paths.map((path) => ({ path, label: place })));
  };
  return { classes, train: await label(train), test: await label(test) };
};
