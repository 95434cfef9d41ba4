import { writeFile } from 'node:fs/promises';

const TYPES = { '<f4': Float32Array, '<i4': Int32Array, '|u1': Uint8Array } as const;

const typeOf = (values: Float32Array | Int32Array | Uint8Array): string =>
  (Object.entries(TYPES).find(([, type]) => values instanceof type) as [string, unknown])[0];

/** Writes an array as `numpy.save` does, in version 1.0 of its format. */
export const writeNpy = (path: string, shape: readonly number[], values: Float32Array | Int32Array | Uint8Array): Promise<void> => {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const head = `{'descr': '${typeOf(values)}', 'fortran_order': False, 'shape': ${tuple}, }`;
  // Magic, version, length and header fill whole blocks of 64 bytes.
  const text = head.padEnd(Math.ceil((10 + head.length + 1) / 64) * 64 - 10 - 1);
  const start = Buffer.from(`\x93NUMPY\x01\x00\0\0${text}\n`, 'latin1');
  start.writeUInt16LE(text.length + 1, 8);
  return writeFile(path, Buffer.concat([start, Buffer.from(values.buffer, values.byteOffset, values.byteLength)]));
};
