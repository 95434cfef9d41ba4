import { contentOf } from '../content.ts';
import { DataError } from '../data-error.ts';
import type { Values } from '../dataset.ts';

/** Values in row-major order. Bytes and truth values stay bytes; every other type becomes 32-bit floats. */
export type NpyArray = { readonly shape: readonly number[]; readonly values: Values };

type Reader = { readonly bytes: number; read(view: DataView, at: number): number };

const READERS: Readonly<Record<string, Reader>> = {
  '|u1': { bytes: 1, read: (view, at) => view.getUint8(at) },
  '|b1': { bytes: 1, read: (view, at) => view.getUint8(at) },
  '<i2': { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  '<i4': { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  '<i8': { bytes: 8, read: (view, at) => Number(view.getBigInt64(at, true)) },
  '<f4': { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  '<f8': { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
};

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');

/** The header's text, a Python dictionary, and where the values begin. */
const readHeader = (path: string, bytes: Buffer): { text: string; start: number } => {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    throw new DataError(
      `${path}: not a .npy file; it should begin with 934e554d5059, but begins with ${bytes.subarray(0, 6).toString('hex') || 'nothing'}`,
    );
  }
  const long = (bytes[6] ?? 1) > 1;
  const lead = long ? 12 : 10;
  if (bytes.length < lead) throw new DataError(`${path}: cut short within its header`);
  const start = lead + (long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  if (bytes.length < start) throw new DataError(`${path}: cut short within its header (${bytes.length} of ${start} bytes)`);
  return { text: bytes.toString('latin1', lead, start), start };
};

/**
 * Reads an array as numpy.save writes it, gzipped or not: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 *
 * @throws DataError for a file that is none, is cut short or too long, is in Fortran's order, or holds another type or a number that is
 *   not finite.
 */
export const readNpy = async (path: string): Promise<NpyArray> => {
  const bytes = await contentOf(path);
  const { text, start } = readHeader(path, bytes);
  const type = /'descr':\s*'([^']*)'/.exec(text)?.[1] ?? 'unknown';
  const reader = READERS[type];
  if (reader === undefined) throw new DataError(`${path}: holds values of type ${type}; there may be ${Object.keys(READERS).join(', ')}`);
  if (!/'fortran_order':\s*False/.test(text)) {
    throw new DataError(`${path}: is in Fortran's order; save numpy.ascontiguousarray(array) instead`);
  }
  const extents = /'shape':\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  if (extents === undefined) throw new DataError(`${path}: its header names no shape`);
  const shape = extents
    .split(',')
    .filter((extent) => extent.trim() !== '')
    .map(Number);
  const size = shape.reduce((product, extent) => product * extent, 1);
  const found = bytes.length - start;
  if (found !== size * reader.bytes) {
    const fault = found < size * reader.bytes ? 'cut short' : 'too long';
    throw new DataError(
      `${path}: ${fault}; its header says ${shape.join(' × ')} values of ${reader.bytes} bytes, but ${found} bytes follow`,
    );
  }
  if (reader.bytes === 1) return { shape, values: new Uint8Array(bytes.subarray(start)) };
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, found);
  const values = new Float32Array(size);
  for (let k = 0; k < size; k++) {
    const value = Math.fround(reader.read(view, k * reader.bytes));
    if (!Number.isFinite(value)) {
      const row = Math.floor(k / (size / (shape[0] as number)));
      throw new DataError(`${path}: sample ${row} holds a number that is not finite in 32 bits`);
    }
    values[k] = value;
  }
  return { shape, values };
};
