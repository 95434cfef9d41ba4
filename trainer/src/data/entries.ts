import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from './data-error.ts';
import { several } from './several.ts';

/** In lower case: systems do not agree on theirs. No word that could be the name of a class. */
const LEFTOVERS: ReadonlySet<string> = new Set([
  // Windows
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  '$recycle.bin',
  'system volume information',
  // macOS
  '__macosx',
  'icon\r',
  'network trash folder',
  'temporary items',
  // Linux and network storage
  'lost+found',
  '@eadir',
  '#recycle',
  '@recycle',
  '#snapshot',
  '@recently-snapshot',
  '@tmp',
]);

/** What a file system that keeps one file for each leaves of Windows's and macOS's streams: `a.png:Zone.Identifier`. */
const STREAM = /:(zone\.identifier|afp_\w+|encryptable|com\.(dropbox|apple)\..*)$/i;

/** Whether a system or a storage left it beside people's files; everything that begins with a dot counts, too. */
export const isLeftover = (name: string): boolean => name.startsWith('.') || LEFTOVERS.has(name.toLowerCase()) || STREAM.test(name);

/** A name's bytes as far as they are ASCII, the others as hexadecimal digits: `caf\xe9.png`. */
const inAscii = (name: Buffer): string =>
  Array.from(name, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`)).join(
    '',
  );

/** Names in one order on every system: accented letters may be one character or two, and are the same letters. */
export const inOrder = (a: string, b: string): number => {
  const [one, other] = [a.normalize('NFC'), b.normalize('NFC')];
  if (one !== other) return one < other ? -1 : 1;
  return a < b ? -1 : 1;
};

/** A name that is not UTF-8: no path can be made of it but by its bytes. */
export type ForeignName = { readonly shown: string; readonly path: Buffer };

/** What a folder holds: names in order, and those that are not UTF-8. */
export type Names = { readonly names: readonly string[]; readonly foreign: readonly ForeignName[] };

/** What lies in a folder, leftovers left out. @throws what `readdir` throws */
export const namesIn = async (folder: string): Promise<Names> => {
  const found = (await readdir(folder, { encoding: 'buffer' })).sort(Buffer.compare);
  const names = found.filter((name) => isUtf8(name)).map((name) => name.toString('utf8'));
  const foreign = found.filter((name) => !isUtf8(name));
  return {
    names: names.filter((name) => !isLeftover(name)).sort(inOrder),
    foreign: foreign.map((name) => ({ shown: inAscii(name), path: Buffer.concat([Buffer.from(join(folder, '/')), name]) })),
  };
};

/**
 * The names in a folder where every one of them counts.
 *
 * @throws DataError for a folder that cannot be read, or names that are not UTF-8
 */
export const everyNameIn = async (folder: string): Promise<readonly string[]> => {
  const { names, foreign } = await namesIn(folder).catch((error: Error) => {
    throw new DataError(`${folder}: cannot be read (${error.message})`);
  });
  if (foreign.length === 0) return names;
  const shown = several(
    foreign.map((name) => name.shown),
    ', ',
  );
  throw new DataError(`${folder}: the name ${shown} is not UTF-8; rename it`);
};
