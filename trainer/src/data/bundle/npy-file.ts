import { stat } from 'node:fs/promises';
import { written } from '@studyhall/contract/settings/written.ts';
import { isPacked, piecesOf } from '../content.ts';
import { DataError } from '../data-error.ts';
import { type NpyHeader, readHeader } from './npy-header.ts';

const NOTHING: Buffer = Buffer.alloc(0);

/** Whole values one after the other, the first one's place in the file's order, and where they lie. */
export type Piece = { readonly first: number; readonly count: number; readonly view: DataView };

/** An array in a .npy file, gzipped or not, whose values are read piece by piece: it may be larger than what Node reads at once. */
export class NpyFile {
  readonly path: string;
  readonly header: NpyHeader;
  /** Values in all. */
  readonly size: number;

  private constructor(path: string, header: NpyHeader) {
    this.path = path;
    this.header = header;
    this.size = header.shape.reduce((product, extent) => product * extent, 1);
  }

  /** @throws DataError for a file that is no array of numbers, or is cut short or too long. */
  static async open(path: string): Promise<NpyFile> {
    const file = new NpyFile(path, await headerOf(path));
    // Of a packed file it is known only at its end.
    if (!(await isPacked(path))) file.#checkLength((await stat(path)).size - file.header.start);
    return file;
  }

  /** The values, in the file's order. @throws DataError where they end too early or too late. */
  async *pieces(): AsyncGenerator<Piece> {
    const { start, type } = this.header;
    let skipped = 0;
    let found = 0;
    let first = 0;
    let rest = NOTHING;
    for await (const piece of piecesOf(this.path)) {
      const values = piece.subarray(start - skipped);
      skipped += piece.length - values.length;
      found += values.length;
      const bytes = rest.length === 0 ? values : Buffer.concat([rest, values]);
      const count = Math.min(Math.floor(bytes.length / type.bytes), this.size - first);
      // What follows the last value is only counted.
      rest = first + count < this.size ? bytes.subarray(count * type.bytes) : NOTHING;
      if (count > 0) yield { first, count, view: new DataView(bytes.buffer, bytes.byteOffset, count * type.bytes) };
      first += count;
    }
    this.#checkLength(found);
  }

  #checkLength(found: number): void {
    const { shape, type } = this.header;
    const expected = this.size * type.bytes;
    if (found === expected) return;
    const fault = found < expected ? 'cut short' : 'too long';
    throw new DataError(
      `${this.path}: ${fault}; its header says ${shape.join(' × ')} values of ${type.bytes} bytes, but ${written(found)} bytes follow`,
    );
  }
}

const headerOf = async (path: string): Promise<NpyHeader> => {
  let begin = NOTHING;
  for await (const piece of piecesOf(path)) {
    begin = Buffer.concat([begin, piece]);
    const header = readHeader(path, begin);
    if (header !== null) return header;
  }
  // Says so if it is no such file at all.
  readHeader(path, begin);
  throw new DataError(`${path}: cut short within its header (${written(begin.length)} bytes)`);
};
