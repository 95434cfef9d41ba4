import { written } from '@studyhall/contract/settings/written.ts';
import { sha256Of } from './sha256.ts';

/**
 * The safetensors format: 8 bytes header length (little endian), the header as JSON (name -> dtype, shape, data_offsets; `__metadata__`
 * holds strings), then the data. https://github.com/huggingface/safetensors
 */

export type TensorArray = Float32Array | Int32Array | Uint8Array;
export type StoredTensor = { readonly shape: readonly number[]; readonly data: TensorArray };
export type TensorFile = { readonly tensors: Record<string, StoredTensor>; readonly metadata: Record<string, string> };

/** A file that is no safetensors file, is cut short, or whose content does not match its checksum. */
export class SafetensorsError extends Error {
  override name = 'SafetensorsError';
}

const CHECKSUM = 'sha256';
const LENGTH_BYTES = 8;
const LARGEST_HEADER = 100_000_000;

const ARRAYS = { F32: Float32Array, I32: Int32Array, U8: Uint8Array } as const;
type Dtype = keyof typeof ARRAYS;

const dtypeOf = (data: TensorArray): Dtype => (data instanceof Float32Array ? 'F32' : data instanceof Int32Array ? 'I32' : 'U8');
const count = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** The file's bytes. A checksum of the data goes into the metadata, so that reading notices any flipped bit. */
export const writeSafetensors = (
  tensors: Readonly<Record<string, StoredTensor>>,
  metadata: Readonly<Record<string, string>> = {},
): Buffer => {
  const entries: Record<string, unknown> = {};
  const parts: Buffer[] = [];
  let offset = 0;
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    if (count(shape) !== data.length)
      throw new RangeError(`tensor ${name}: shape [${shape}] holds ${count(shape)} numbers, given ${data.length}`);
    entries[name] = { dtype: dtypeOf(data), shape, data_offsets: [offset, offset + data.byteLength] };
    parts.push(Buffer.from(data.buffer, data.byteOffset, data.byteLength));
    offset += data.byteLength;
  }
  const json = Buffer.from(JSON.stringify({ __metadata__: { ...metadata, [CHECKSUM]: sha256Of(parts) }, ...entries }));
  const header = Buffer.concat([json, Buffer.alloc(-json.length & 7, ' ')]);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, ...parts]);
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const readHeader = (bytes: Buffer): { header: Record<string, unknown>; data: Buffer } => {
  if (bytes.length < LENGTH_BYTES) throw new SafetensorsError(`${bytes.length} bytes are too few for a safetensors file`);
  const length = bytes.readBigUInt64LE();
  if (length > LARGEST_HEADER || Number(length) > bytes.length - LENGTH_BYTES) {
    throw new SafetensorsError(
      `the header should be ${written(length)} bytes long, but only ${written(bytes.length - LENGTH_BYTES)} bytes follow`,
    );
  }
  const end = LENGTH_BYTES + Number(length);
  try {
    const header: unknown = JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end));
    if (isRecord(header)) return { header, data: bytes.subarray(end) };
  } catch {
    // Told below, in words for the reader of the file.
  }
  throw new SafetensorsError('the header is not a JSON object');
};

const readTensor = (name: string, entry: unknown, data: Buffer): StoredTensor => {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {};
  const isCount = (n: unknown) => typeof n === 'number' && Number.isInteger(n) && n >= 0;
  if (!Array.isArray(shape) || !shape.every(isCount) || !Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw new SafetensorsError(`tensor ${name} has a malformed header entry`);
  }
  if (dtype !== 'F32' && dtype !== 'I32' && dtype !== 'U8') {
    throw new SafetensorsError(`tensor ${name} has dtype ${String(dtype)}; read here are F32, I32 and U8`);
  }
  const [start, end] = offsets as [number, number];
  const ArrayType = ARRAYS[dtype];
  if (end > data.length) throw new SafetensorsError(`cut short: tensor ${name} ends at byte ${end} of the data, which has ${data.length}`);
  if (end - start !== count(shape) * ArrayType.BYTES_PER_ELEMENT) {
    throw new SafetensorsError(`tensor ${name}: shape [${shape}] does not fit its ${end - start} bytes`);
  }
  // Copied: the offset in the file need not be aligned.
  const copy = new Uint8Array(data.subarray(start, end));
  return { shape, data: new ArrayType(copy.buffer, 0, count(shape)) };
};

/**
 * Tensors and metadata of a safetensors file. Files without the checksum (written by other programs) are read unchecked.
 *
 * @throws SafetensorsError
 */
export const readSafetensors = (bytes: Buffer): TensorFile => {
  const { header, data } = readHeader(bytes);
  const { __metadata__: stored = {}, ...entries } = header;
  if (!isRecord(stored)) throw new SafetensorsError('__metadata__ is not an object');
  const metadata = Object.fromEntries(Object.entries(stored).map(([key, value]) => [key, String(value)]));
  const tensors = Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, readTensor(name, entry, data)]));
  const checksum = metadata[CHECKSUM];
  if (checksum !== undefined && checksum !== sha256Of([data])) {
    throw new SafetensorsError('the content does not match its checksum: the file is damaged');
  }
  return { tensors, metadata };
};
