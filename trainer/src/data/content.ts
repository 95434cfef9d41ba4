import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { alive } from '../alive.ts';
import { DataError } from './data-error.ts';

const GZIP = [0x1f, 0x8b];

/** Some seconds' worth of a slow disk. */
const READ_AT_ONCE = 2 ** 26;

const PIECE = 2 ** 20;

const isGzip = (bytes: Uint8Array): boolean => bytes[0] === GZIP[0] && bytes[1] === GZIP[1];

const decompress = async (bytes: Buffer): Promise<Buffer> => {
  const pieces: Buffer[] = [];
  for await (const piece of Readable.from([bytes]).pipe(createGunzip({ chunkSize: PIECE }))) {
    pieces.push(piece as Buffer);
    alive();
  }
  return Buffer.concat(pieces);
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const unreadable = (path: string, error: unknown) => new DataError(`${path}: cannot be read (${reasonOf(error)})`);

const damaged = (path: string, error: unknown) =>
  new DataError(`${path}: the gzip data is damaged or cut short (${reasonOf(error)}); fetch the file again`);

const readAll = async (file: FileHandle): Promise<Buffer> => {
  const { size } = await file.stat();
  if (size <= READ_AT_ONCE) return file.readFile();
  const bytes = Buffer.allocUnsafeSlow(size);
  for (let at = 0; at < size; ) {
    const { bytesRead } = await file.read(bytes, at, Math.min(READ_AT_ONCE, size - at), at);
    if (bytesRead === 0) return bytes.subarray(0, at);
    at += bytesRead;
    alive();
  }
  return bytes;
};

/** As `readFile`, for files of any size that memory holds. */
export const readWhole = async (path: string): Promise<Buffer> => {
  const file = await open(path);
  try {
    const bytes = await readAll(file);
    alive();
    return bytes;
  } finally {
    await file.close();
  }
};

/**
 * The bytes of a file, unpacked if it is gzipped, whatever it is called.
 *
 * @throws DataError when it cannot be read, or its gzip data is damaged or cut short.
 */
export const contentOf = async (path: string): Promise<Buffer> => {
  const bytes = await readWhole(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (!isGzip(bytes)) return bytes;
  try {
    return await decompress(bytes);
  } catch (error) {
    throw damaged(path, error);
  }
};

/** Whether a file is gzipped. @throws DataError when it cannot be read. */
export const isPacked = async (path: string): Promise<boolean> => {
  try {
    const file = await open(path);
    try {
      const begin = Buffer.alloc(GZIP.length);
      await file.read(begin, 0, begin.length, 0);
      return isGzip(begin);
    } finally {
      await file.close();
    }
  } catch (error) {
    throw unreadable(path, error);
  }
};

/**
 * The same bytes piece by piece, so that a file of any size takes the memory of a few pieces.
 *
 * @throws DataError as `contentOf`
 */
export async function* piecesOf(path: string): AsyncGenerator<Buffer> {
  const packed = await isPacked(path);
  const file = createReadStream(path, { highWaterMark: PIECE });
  const pieces = packed ? file.pipe(createGunzip({ chunkSize: PIECE })) : file;
  if (packed) file.on('error', (error) => pieces.destroy(error));
  try {
    for await (const piece of pieces) {
      yield piece as Buffer;
      alive();
    }
  } catch (error) {
    throw packed ? damaged(path, error) : unreadable(path, error);
  } finally {
    file.destroy();
  }
}
