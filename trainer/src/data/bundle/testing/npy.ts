type Head = { readonly descr?: string; readonly order?: string; readonly shape?: string; readonly version?: 1 | 2 | 3 };

/** Values behind a header of NumPy's; `head` replaces what it would say, in Python's own words. */
export const npyBytes = (shape: readonly number[], values: Buffer, head: Head = {}): Buffer => {
  const { descr = "'<f8'", order = 'False', shape: written = `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`, version = 1 } = head;
  return npyOf(`{'descr': ${descr}, 'fortran_order': ${order}, 'shape': ${written}, }`, values, version);
};

/** A header as any program may have written it, and what follows. */
export const npyOf = (dictionary: string, values: Buffer, version = 1): Buffer => {
  const text = Buffer.from(`${dictionary}\n`);
  const length = Buffer.alloc(version === 1 ? 2 : 4);
  if (version === 1) length.writeUInt16LE(text.length);
  else length.writeUInt32LE(text.length);
  return Buffer.concat([Buffer.from('\x93NUMPY', 'latin1'), Buffer.from([version, 0]), length, text, values]);
};

type Write = (bytes: Buffer, value: never, at: number) => unknown;

const WRITERS: Readonly<Record<string, readonly [bytes: number, write: Write]>> = {
  '|b1': [1, (bytes, value, at) => bytes.writeUInt8(Number(value), at)],
  '|u1': [1, (bytes, value, at) => bytes.writeUInt8(value, at)],
  '|i1': [1, (bytes, value, at) => bytes.writeInt8(value, at)],
  '<u2': [2, (bytes, value, at) => bytes.writeUInt16LE(value, at)],
  '>u2': [2, (bytes, value, at) => bytes.writeUInt16BE(value, at)],
  '<i2': [2, (bytes, value, at) => bytes.writeInt16LE(value, at)],
  '>i2': [2, (bytes, value, at) => bytes.writeInt16BE(value, at)],
  '<u4': [4, (bytes, value, at) => bytes.writeUInt32LE(value, at)],
  '>u4': [4, (bytes, value, at) => bytes.writeUInt32BE(value, at)],
  '<i4': [4, (bytes, value, at) => bytes.writeInt32LE(value, at)],
  '>i4': [4, (bytes, value, at) => bytes.writeInt32BE(value, at)],
  '<u8': [8, (bytes, value, at) => bytes.writeBigUInt64LE(BigInt(value), at)],
  '>u8': [8, (bytes, value, at) => bytes.writeBigUInt64BE(BigInt(value), at)],
  '<i8': [8, (bytes, value, at) => bytes.writeBigInt64LE(BigInt(value), at)],
  '>i8': [8, (bytes, value, at) => bytes.writeBigInt64BE(BigInt(value), at)],
  '<f4': [4, (bytes, value, at) => bytes.writeFloatLE(value, at)],
  '>f4': [4, (bytes, value, at) => bytes.writeFloatBE(value, at)],
  '<f8': [8, (bytes, value, at) => bytes.writeDoubleLE(value, at)],
  '>f8': [8, (bytes, value, at) => bytes.writeDoubleBE(value, at)],
};

/** Types that `npyArray` writes. */
export const NPY_TYPES = Object.keys(WRITERS);

/** An array as numpy.save writes it. */
export const npyArray = (type: string, shape: readonly number[], values: readonly (number | bigint)[], head: Head = {}): Buffer => {
  const [bytes, write] = WRITERS[type] as readonly [number, Write];
  const data = Buffer.alloc(values.length * bytes);
  values.forEach((value, place) => {
    write(data, value as never, place * bytes);
  });
  return npyBytes(shape, data, { descr: `'${type}'`, ...head });
};
