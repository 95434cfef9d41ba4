import { written } from '@studyhall/contract/settings/written.ts';
import { DataError } from '../data-error.ts';
import { type NumberType, numberType } from './npy-types.ts';

/** What a .npy file says of its values. */
export type NpyHeader = {
  readonly shape: readonly number[];
  readonly type: NumberType;
  /** The first axis is the one that runs fastest, instead of the last. */
  readonly fortranOrder: boolean;
  /** The byte at which the values begin. */
  readonly start: number;
};

/** A shape as people read it; that of a single number, which has no axes, as NumPy writes it. */
export const shown = (shape: readonly number[]): string => shape.join(' × ') || '()';

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
const LONGEST = 2 ** 20;

/** How many bytes from the file's begin its header takes; null if too few are given to tell. */
const lengthOf = (path: string, begin: Buffer): number | null => {
  if (!begin.subarray(0, MAGIC.length).equals(MAGIC.subarray(0, begin.length)) || begin.length === 0) {
    const found = begin.subarray(0, MAGIC.length).toString('hex') || 'nothing';
    throw new DataError(`${path}: not a .npy file; it should begin with 934e554d5059, but begins with ${found}`);
  }
  const [major, minor] = [begin[6], begin[7]];
  if (major === undefined || minor === undefined) return null;
  if (major < 1 || major > 3) throw new DataError(`${path}: is of version ${major}.${minor} of the .npy format; 1 to 3 are read`);
  const lead = major === 1 ? 10 : 12;
  if (begin.length < lead) return null;
  const length = lead + (major === 1 ? begin.readUInt16LE(8) : begin.readUInt32LE(8));
  if (length > LONGEST)
    throw new DataError(`${path}: its header is ${written(length)} bytes long; that of an array of numbers is about a hundred`);
  return length;
};

/** An entry of the header's dictionary, as Python of any version writes it: in either kind of quotes, perhaps marked as `u'…'`. */
const entry = (text: string, name: string): string | undefined =>
  new RegExp(`[uUbB]?(['"])${name}\\1\\s*:\\s*([uUbB]?'[^']*'|[uUbB]?"[^"]*"|\\([^)]*\\)|\\[.*|[^,}\\s]+)`, 's').exec(text)?.[2];

/** `(4, 2)`, `(4,)`, `(4)`, `4` and, of Python 2, `(4L, 2L)`. */
const readShape = (text: string): number[] | null => {
  const extents = text
    .replace(/^\(|\)$/g, '')
    .split(',')
    .map((extent) => extent.trim());
  if (extents.at(-1) === '') extents.pop();
  return extents.every((extent) => /^\d+L?$/.test(extent)) ? extents.map((extent) => Number.parseInt(extent, 10)) : null;
};

/**
 * Reads the header of an array as numpy.save and its kin of any age write it:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @param begin the file's first bytes
 * @returns null if `begin` is too short for it
 * @throws DataError for a file that is none, or holds something else than numbers.
 */
export const readHeader = (path: string, begin: Buffer): NpyHeader | null => {
  const start = lengthOf(path, begin);
  if (start === null || begin.length < start) return null;
  const text = begin.toString('utf8', begin[6] === 1 ? 10 : 12, start);
  const descr = entry(text, 'descr');
  if (descr === undefined) throw new DataError(`${path}: its header names no type`);
  if (descr.startsWith('['))
    throw new DataError(`${path}: holds records of several fields (${descr.slice(0, 60)}); save each field as an array of its own`);
  const order = entry(text, 'fortran_order');
  if (order !== 'True' && order !== 'False') throw new DataError(`${path}: its header does not say whether it is in Fortran's order`);
  const shape = readShape(entry(text, 'shape') ?? 'none');
  if (shape === null) throw new DataError(`${path}: its header names no shape`);
  return { shape, type: numberType(path, descr.replace(/^[uUbB]?['"]|['"]$/g, '')), fortranOrder: order === 'True', start };
};
