import { inflateSync } from 'node:zlib';
import { DataError } from '../data-error.ts';

/** A numeric array of MATLAB's: values in column-major order, the first axis fastest. */
export type MatArray = { readonly name: string; readonly shape: readonly number[]; readonly values: Float64Array };

const HEADER = 128;
const MATRIX = 14;
const COMPRESSED = 15;

type Read = (bytes: Buffer, at: number) => number;

/** How numbers are stored, by the format's data types; MATLAB stores doubles that are whole and small as integers. */
const NUMBERS: Readonly<Record<number, readonly [bytes: number, read: Read]>> = {
  1: [1, (bytes, at) => bytes.readInt8(at)],
  2: [1, (bytes, at) => bytes.readUInt8(at)],
  3: [2, (bytes, at) => bytes.readInt16LE(at)],
  4: [2, (bytes, at) => bytes.readUInt16LE(at)],
  5: [4, (bytes, at) => bytes.readInt32LE(at)],
  6: [4, (bytes, at) => bytes.readUInt32LE(at)],
  7: [4, (bytes, at) => bytes.readFloatLE(at)],
  9: [8, (bytes, at) => bytes.readDoubleLE(at)],
};

type Element = { readonly type: number; readonly content: Buffer; readonly end: number };

/** The element that begins there: its tag has eight bytes, or four with up to four bytes of content in the same eight. */
const elementAt = (bytes: Buffer, at: number): Element => {
  const word = bytes.readUInt32LE(at);
  if (word >>> 16 !== 0) return { type: word & 0xffff, content: bytes.subarray(at + 4, at + 4 + (word >>> 16)), end: at + 8 };
  const size = bytes.readUInt32LE(at + 4);
  if (at + 8 + size > bytes.length) throw new RangeError('it is cut short');
  return {
    type: word,
    content: bytes.subarray(at + 8, at + 8 + size),
    end: at + 8 + (word === COMPRESSED ? size : Math.ceil(size / 8) * 8),
  };
};

const numbersOf = ({ type, content }: Element): Float64Array => {
  const number = NUMBERS[type];
  if (number === undefined) throw new RangeError(`it holds data of type ${type}, which is not read here`);
  const [bytes, read] = number;
  return Float64Array.from({ length: content.length / bytes }, (_, k) => read(content, k * bytes));
};

const matrixOf = (content: Buffer): MatArray => {
  const flags = elementAt(content, 0);
  const dimensions = elementAt(content, flags.end);
  const name = elementAt(content, dimensions.end);
  const values = numbersOf(elementAt(content, name.end));
  const shape = [...numbersOf(dimensions)];
  if (values.length !== shape.reduce((product, extent) => product * extent, 1)) throw new RangeError('it is cut short');
  return { name: name.content.toString('latin1'), shape, values };
};

/**
 * The one array of a MATLAB file of version 5 (https://www.mathworks.com/help/pdf_doc/matlab/matfile_format.pdf), compressed or not, little-endian.
 *
 * @param path names the file in errors
 * @throws DataError if it is no such file
 */
export const matArrayOf = (path: string, bytes: Buffer): MatArray => {
  try {
    if (bytes.length < HEADER + 8 || bytes.toString('latin1', 126, 128) !== 'IM') throw new RangeError('it does not begin as one');
    const first = elementAt(bytes, HEADER);
    const matrix = first.type === COMPRESSED ? elementAt(inflateSync(first.content), 0) : first;
    if (matrix.type !== MATRIX) throw new RangeError(`it begins with data of type ${matrix.type} instead of an array`);
    return matrixOf(matrix.content);
  } catch (error) {
    throw new DataError(`${path}: is no MATLAB file of version 5 (${error instanceof Error ? error.message : error})`);
  }
};
