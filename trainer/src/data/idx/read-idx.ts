import { contentOf } from '../content.ts';
import { DataError } from '../data-error.ts';

/** An array of bytes as MNIST's files hold it: http://yann.lecun.com/exdb/mnist */
export type IdxArray = { readonly shape: readonly number[]; readonly values: Uint8Array };

const UNSIGNED_BYTES = 0x08;
/**
 * Reads an IDX file, gzipped or not: two zero bytes, the type, the number of dimensions, each dimension as a big-endian 32-bit integer,
 * the values.
 *
 * @throws DataError for anything but bytes in `dimensions` dimensions, all of them there and nothing more.
 */
export const readIdx = async (path: string, dimensions: readonly number[]): Promise<IdxArray> => {
  const bytes = await contentOf(path);
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0) {
    throw new DataError(
      `${path}: not an IDX file; it should begin with two zero bytes, but begins with ${bytes.subarray(0, 4).toString('hex') || 'nothing'}`,
    );
  }
  const rank = bytes[3] as number;
  if (bytes[2] !== UNSIGNED_BYTES || !dimensions.includes(rank)) {
    const wanted = dimensions.map((count) => `0000080${count}`).join(' or ');
    throw new DataError(
      `${path}: wrong magic number ${bytes.subarray(0, 4).toString('hex')}; expected ${wanted} (unsigned bytes in ${dimensions.join(' or ')} dimensions)`,
    );
  }
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw new DataError(`${path}: cut short within its header (${bytes.length} of ${start} bytes)`);
  const shape = Array.from({ length: rank }, (_, k) => bytes.readUInt32BE(4 + 4 * k));
  const size = shape.reduce((product, extent) => product * extent, 1);
  const found = bytes.length - start;
  if (found !== size) {
    const fault = found < size ? 'cut short' : 'too long';
    throw new DataError(`${path}: ${fault}; its header says ${shape.join(' × ')} = ${size} values, but ${found} follow`);
  }
  return { shape, values: new Uint8Array(bytes.buffer, bytes.byteOffset + start, size) };
};
