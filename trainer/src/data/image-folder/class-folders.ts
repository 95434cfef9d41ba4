import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../data-error.ts';
import { everyNameIn } from '../entries.ts';
import { several } from '../several.ts';

/** A picture of one class: its file, and the class's place among all. */
export type LabelledFile = { readonly path: string; readonly label: number };

export type ClassFolders = {
  readonly classes: readonly string[];
  readonly train: readonly LabelledFile[];
  readonly test: readonly LabelledFile[];
};

const kindOf = (path: string) =>
  stat(path).catch((error: NodeJS.ErrnoException) => {
    throw new DataError(`${path}: ${error.code === 'ENOENT' ? 'is a link that leads nowhere' : `cannot be read (${error.message})`}`);
  });

/** Names of a folder's entries, in order; links count as what they lead to. */
const list = async (folder: string): Promise<{ folders: string[]; files: string[] }> => {
  const names = await everyNameIn(folder);
  const entries = await Promise.all(names.map(async (name) => ({ name, found: await kindOf(join(folder, name)) })));
  const folders = entries.filter(({ found }) => found.isDirectory()).map(({ name }) => name);
  return { folders, files: entries.map(({ name }) => name).filter((name) => !folders.includes(name)) };
};

/** `notes.txt: is not a picture`, and if there are more of the kind, how many. */
const refuse = (folder: string, names: readonly string[], reason: string): never => {
  const [first = '', ...others] = names;
  const more = others.length === 0 ? '' : ` (and ${others.length} more there: ${several(others, ', ')})`;
  throw new DataError(`${join(folder, first)}: ${reason}${more}`);
};

const picturesOf = async (folder: string): Promise<string[]> => {
  const { folders, files } = await list(folder);
  if (folders.length > 0) refuse(folder, folders, "is a folder within a class; a class's pictures lie in its own folder");
  const others = files.filter((name) => !/\.(png|jpe?g)$/i.test(name));
  if (others.length > 0) refuse(folder, others, 'is not a picture; only .png, .jpg and .jpeg files may lie there');
  if (files.length === 0) throw new DataError(`${folder}: holds no pictures; every class needs some, in train and in test`);
  return files.map((name) => join(folder, name));
};

/** The folders of a part's classes by the classes' names. */
const classesOf = async (folder: string): Promise<ReadonlyMap<string, string>> => {
  const { folders, files } = await list(folder);
  if (files.length > 0) refuse(folder, files, 'lies beside the classes; each picture belongs in the folder of its class');
  const classes = new Map<string, string>();
  for (const name of folders) {
    const spelled = classes.get(name.normalize('NFC'));
    if (spelled !== undefined)
      throw new DataError(
        `${folder}: the folders ${inLetters(spelled)} and ${inLetters(name)} are one name, written in two ways; join them`,
      );
    classes.set(name.normalize('NFC'), name);
  }
  return classes;
};

/** Where two names look the same: the characters they are made of. */
const inLetters = (name: string): string =>
  JSON.stringify(name).replace(/[^ -~]/gu, (letter) => `\\u{${(letter.codePointAt(0) as number).toString(16)}}`);

/** Another name that is easily taken for this one: by its case, blanks around it, or letters that look alike. */
const lookalike = (name: string, others: Iterable<string>): string => {
  const key = (text: string) => text.normalize('NFKC').trim().toLowerCase();
  const other = [...others].find((candidate) => key(candidate) === key(name));
  return other === undefined ? '' : `; ${inLetters(other)} is there, which is not ${inLetters(name)}: give both one name`;
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
  const trained = await classesOf(train);
  const tested = await classesOf(test);
  const absent = (from: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>) =>
    [...from.keys()].filter((name) => !there.has(name));
  const refuseAbsent = (part: string, names: readonly string[], other: string, there: ReadonlyMap<string, string>) => {
    const [first] = names;
    if (first === undefined) return;
    const which =
      names.length === 1 ? `the class ${first} is missing, which is` : `the classes ${several(names, ', ')} are missing, which are`;
    throw new DataError(`${part}: ${which} in ${other}${lookalike(first, there.keys())}`);
  };
  refuseAbsent(test, absent(trained, tested), 'train', tested);
  refuseAbsent(train, absent(tested, trained), 'test', trained);
  const classes = [...trained.keys()];
  if (classes.length < 2)
    throw new DataError(`${train}: holds ${classes.length} classes; there must be at least two, each a folder of pictures`);
  const faults: string[] = [];
  const label = async (part: string, folders: ReadonlyMap<string, string>): Promise<LabelledFile[]> => {
    const found = await Promise.allSettled(classes.map((name) => picturesOf(join(part, folders.get(name) as string))));
    return found.flatMap((end, place) => {
      if (end.status === 'fulfilled') return end.value.map((path) => ({ path, label: place }));
      if (!(end.reason instanceof DataError)) throw end.reason;
      faults.push(end.reason.message);
      return [];
    });
  };
  const labelled = { train: await label(train, trained), test: await label(test, tested) };
  if (faults.length === 1) throw new DataError(faults[0] as string);
  if (faults.length > 1) {
    const shown = faults.map((fault) => fault.replaceAll(join(folder, '/'), ''));
    throw new DataError(`${folder}: ${faults.length} folders of classes cannot be used: ${several(shown, '; ')}`);
  }
  return { classes, ...labelled };
};
