import { DataError } from './data-error.ts';

const BYTE_ORDER_MARKS: readonly { readonly bytes: readonly number[]; readonly encoding: string }[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  // Before UTF-16, whose mark it begins with.
  { bytes: [0xff, 0xfe, 0, 0], encoding: 'utf-32' },
  { bytes: [0, 0, 0xfe, 0xff], encoding: 'utf-32' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
];

/** Without a mark: what people write begins with ASCII characters, half of whose bytes are 0 in UTF-16. */
const encodingOf = (bytes: Uint8Array): string => {
  const marked = BYTE_ORDER_MARKS.find((mark) => mark.bytes.every((byte, place) => bytes[place] === byte));
  if (marked !== undefined) return marked.encoding;
  const begin = [...bytes.subarray(0, 4)];
  const zeros = (odd: 0 | 1) => begin.length > 1 && begin.every((byte, place) => (byte === 0) === (place % 2 === odd));
  if (zeros(1)) return 'utf-16le';
  return zeros(0) ? 'utf-16be' : 'utf-8';
};

const firstWrongLine = (bytes: Uint8Array): number => {
  const lines = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8').split('\n');
  return lines.findIndex((line) => line.includes('\ufffd')) + 1;
};

/**
 * The text of a file as people's programs save it: UTF-8 or UTF-16, with or without a byte order mark, which is left out.
 *
 * @param path names the file in errors
 * @throws DataError for any other encoding
 */
export const textOf = (path: string, bytes: Uint8Array): string => {
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-32') throw new DataError(`${path}: is UTF-32 text; save it as UTF-8`);
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes).replace(/^\ufeff+/, '');
  } catch {
    const where = encoding === 'utf-8' ? `line ${firstWrongLine(bytes)} is not UTF-8` : `begins as ${encoding.toUpperCase()}, but is not`;
    throw new DataError(`${path}: ${where}; save the file as UTF-8 text`);
  }
};
