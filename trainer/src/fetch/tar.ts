import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createGunzip } from 'node:zlib';
import { FetchError } from './fetch-error.ts';

const BLOCK = 512;

/** Bytes of a stream by their number. */
class Pieces {
  readonly #source: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next bytes, at most so many; null at the end. */
  async some(most: number): Promise<Buffer | null> {
    while (this.#rest.length === 0) {
      const { value, done } = await this.#source.next();
      if (done) return null;
      this.#rest = value;
    }
    const piece = this.#rest.subarray(0, most);
    this.#rest = this.#rest.subarray(piece.length);
    return piece;
  }

  async exactly(count: number): Promise<Buffer | null> {
    const pieces: Buffer[] = [];
    for (let left = count; left > 0; ) {
      const piece = await this.some(left);
      if (piece === null) return null;
      pieces.push(piece);
      left -= piece.length;
    }
    return Buffer.concat(pieces);
  }
}

const textAt = (header: Buffer, at: number, length: number): string => {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end);
};

/** The member's name by POSIX ustar: a prefix before it, where it is long. */
const nameOf = (header: Buffer): string => {
  const prefix = textAt(header, 257, 5) === 'ustar' ? textAt(header, 345, 155) : '';
  return prefix === '' ? textAt(header, 0, 100) : `${prefix}/${textAt(header, 0, 100)}`;
};

/** `path` of a pax header's records, each `LENGTH KEY=VALUE\n`. */
const paxPath = (records: string): string | undefined => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1];

/**
 * Takes files out of a .tar.gz (POSIX ustar, with pax or GNU names).
 *
 * @param place where a member of that name is to lie; null: it is left out
 * @throws FetchError if the archive is damaged or cut short
 */
export const untar = async (archive: string, place: (name: string) => string | null): Promise<void> => {
  const file = createReadStream(archive);
  const unpacked = file.pipe(createGunzip());
  file.on('error', (error) => unpacked.destroy(error));
  try {
    await takeFrom(new Pieces(unpacked), place);
  } catch (error) {
    if (error instanceof Error && 'code' in error && !String(error.code).startsWith('Z_')) throw error;
    throw new FetchError(
      `${archive} is damaged or cut short (${error instanceof Error ? error.message : error}); remove it and start again`,
    );
  } finally {
    file.destroy();
    unpacked.destroy();
  }
};

const takeFrom = async (pieces: Pieces, place: (name: string) => string | null): Promise<void> => {
  let longName: string | undefined;
  for (;;) {
    const header = await pieces.exactly(BLOCK);
    if (header === null || header.every((byte) => byte === 0)) return;
    const size = Number.parseInt(textAt(header, 124, 12).trim() || '0', 8);
    if (!Number.isSafeInteger(size)) throw new Error('a member has no size');
    const type = String.fromCharCode(header[156] as number);
    const padded = Math.ceil(size / BLOCK) * BLOCK;
    if (type === 'x' || type === 'L') {
      const text = ((await pieces.exactly(padded)) ?? Buffer.alloc(0)).toString('utf8', 0, size);
      longName = type === 'x' ? (paxPath(text) ?? longName) : text.replace(/\0.*$/s, '');
      continue;
    }
    const name = longName ?? nameOf(header);
    longName = undefined;
    const to = type === '0' || type === '\0' ? place(name) : null;
    await copy(pieces, size, padded, to);
  }
};

const copy = async (pieces: Pieces, size: number, padded: number, to: string | null): Promise<void> => {
  if (to !== null) await mkdir(dirname(to), { recursive: true });
  const file = to === null ? null : await open(to, 'w');
  try {
    for (let at = 0; at < padded; ) {
      const piece = await pieces.some(padded - at);
      if (piece === null) throw new Error('the archive ends within a member');
      await file?.write(piece.subarray(0, Math.max(0, size - at)));
      at += piece.length;
    }
  } finally {
    await file?.close();
  }
};
