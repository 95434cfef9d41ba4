/** Numbers of a tensor, row by row. */
export type Tensor = { shape: readonly number[]; values: Float32Array | Int32Array };

const lengthBytes = 8;
const arrays = { F32: Float32Array, I32: Int32Array } as const;

/**
 * The 32-bit tensors of a safetensors file, by name; tensors of other types are left out.
 * https://github.com/huggingface/safetensors
 *
 * @throws Error if it is no such file or is cut short.
 */
export function readTensors(bytes: Buffer): Record<string, Tensor> {
  if (bytes.length < lengthBytes) throw new Error(`${bytes.length} bytes are too few for a safetensors file.`);
  const headerBytes = Number(bytes.readBigUInt64LE());
  if (headerBytes > bytes.length - lengthBytes) throw new Error('The header is cut short.');
  const data = bytes.subarray(lengthBytes + headerBytes);
  const header: unknown = JSON.parse(bytes.toString('utf8', lengthBytes, lengthBytes + headerBytes));
  if (typeof header !== 'object' || header === null) throw new Error('The header is no JSON object.');
  return Object.fromEntries(
    Object.entries(header).flatMap(([name, entry]) => {
      const type = name === '__metadata__' ? undefined : arrays[(entry as Entry).dtype as keyof typeof arrays];
      return type ? [[name, { shape: (entry as Entry).shape, values: valuesOf(name, entry as Entry, data, type) }]] : [];
    }),
  );
}

type Entry = { dtype: string; shape: number[]; data_offsets: [number, number] };

function valuesOf(name: string, { shape, data_offsets: offsets }: Entry, data: Buffer, type: typeof Float32Array | typeof Int32Array) {
  const count = Array.isArray(shape) ? shape.reduce((product, extent) => product * extent, 1) : Number.NaN;
  const [start, end] = Array.isArray(offsets) ? offsets : [Number.NaN, Number.NaN];
  if (!(start >= 0 && end <= data.length && end - start === count * type.BYTES_PER_ELEMENT))
    throw new Error(`Tensor ${name} of shape ${shape} does not fit its place in the file.`);
  // Copied: its place in the file need not be aligned.
  return new type(new Uint8Array(data.subarray(start, end)).buffer);
}
