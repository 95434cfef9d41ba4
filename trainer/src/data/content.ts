import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DataError } from './data-error.ts';

const GZIP = [0x1f, 0x8b];

const decompress = promisify(gunzip);

/**
 * The bytes of a file, unpacked if it is gzipped, whatever it is called.
 *
 * @throws DataError when it cannot be read, or its gzip data is damaged or cut short.
 */
export const contentOf = async (path: string): Promise<Buffer> => {
  const bytes = await readFile(path).catch((error: Error) => {
    throw new DataError(`${path}: cannot be read (${error.message})`);
  });
  if (bytes[0] !== GZIP[0] || bytes[1] !== GZIP[1]) return bytes;
  try {
    return await decompress(bytes);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataError(`${path}: the gzip data is damaged or cut short (${reason}); fetch the file again`);
  }
};
