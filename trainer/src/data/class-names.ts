import { join } from 'node:path';
import { contentOf } from './content.ts';
import { DataError } from './data-error.ts';
import { textOf } from './text.ts';

/**
 * Names of `count` classes: the lines of `file` in `folder` where it is among its `files`, else the classes' numbers.
 *
 * @throws DataError when the file names more or fewer, one of them twice, or one by nothing.
 */
export const readClassNames = async (folder: string, files: readonly string[], file: string, count: number): Promise<string[]> => {
  if (!files.includes(file)) return Array.from({ length: count }, (_, label) => String(label));
  const path = join(folder, file);
  const names = textOf(path, await contentOf(path))
    .split(/\r\n|\n|\r/)
    .map((line) => line.trim());
  while (names.at(-1) === '') names.pop();
  if (names.length !== count) throw new DataError(`${path}: names ${names.length} classes, but the labels have ${count}`);
  const blank = names.indexOf('');
  if (blank >= 0) throw new DataError(`${path}: line ${blank + 1} is empty; every line names a class`);
  const twice = names.find((name, label) => names.indexOf(name) !== label);
  if (twice !== undefined) throw new DataError(`${path}: the class ${JSON.stringify(twice)} is named twice`);
  return names;
};
