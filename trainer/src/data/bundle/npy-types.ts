import { DataError } from '../data-error.ts';

/** Numbers as NumPy stores them: what a header's `descr` names. */
export type NumberType = {
  /** As NumPy writes it: `<f4`. */
  readonly name: string;
  readonly bytes: number;
  /** `uint8` and `bool`: a view of them stays bytes. */
  readonly isByte: boolean;
  /** Whether 32-bit floats hold every one of these numbers. */
  readonly fitsSingle: boolean;
  /** Of floats, the magnitude below which no two whole numbers share a value; null for integers: none do. */
  readonly wholeBelow: number | null;
  /** The number at that byte, to the nearest double. */
  readonly read: (view: DataView, at: number) => number;
  /** An integer at that byte, exactly; of floats the value. */
  readonly readExactly: (view: DataView, at: number) => number | bigint;
};

type Kind = Omit<NumberType, 'name' | 'readExactly'> & { readonly readExactly?: NumberType['readExactly'] };

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
const half = (bits: number): number => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
};

const integer = (bytes: number, read: Kind['read'], more: Partial<Kind> = {}): Kind => ({
  bytes,
  isByte: false,
  fitsSingle: bytes <= 2,
  wholeBelow: null,
  read,
  ...more,
});

const float = (bytes: number, wholeBelow: number, read: Kind['read']): Kind => ({
  bytes,
  isByte: false,
  fitsSingle: bytes <= 4,
  wholeBelow,
  read,
});

/** The upper half's place in 64 bits, and the lower half's. */
const upper = (at: number, little: boolean): number => (little ? at + 4 : at);
const lower = (at: number, little: boolean): number => (little ? at : at + 4);

/** The nearest double to a number of 64 bits: its halves are exact, and are added once. */
const joined = (high: number, low: number): number => high * 2 ** 32 + low;

const kinds = (little: boolean): Readonly<Record<string, Kind>> => ({
  b1: integer(1, (view, at) => view.getUint8(at), { isByte: true }),
  u1: integer(1, (view, at) => view.getUint8(at), { isByte: true }),
  i1: integer(1, (view, at) => view.getInt8(at)),
  u2: integer(2, (view, at) => view.getUint16(at, little)),
  i2: integer(2, (view, at) => view.getInt16(at, little)),
  u4: integer(4, (view, at) => view.getUint32(at, little)),
  i4: integer(4, (view, at) => view.getInt32(at, little)),
  u8: integer(8, (view, at) => joined(view.getUint32(upper(at, little), little), view.getUint32(lower(at, little), little)), {
    readExactly: (view, at) => view.getBigUint64(at, little),
  }),
  i8: integer(8, (view, at) => joined(view.getInt32(upper(at, little), little), view.getUint32(lower(at, little), little)), {
    readExactly: (view, at) => view.getBigInt64(at, little),
  }),
  f2: float(2, 2 ** 11, (view, at) => half(view.getUint16(at, little))),
  f4: float(4, 2 ** 24, (view, at) => view.getFloat32(at, little)),
  f8: float(8, 2 ** 53, (view, at) => view.getFloat64(at, little)),
});

const ORDERS = { '<': kinds(true), '>': kinds(false) } as const;

const ALLOWED = 'bool, uint8, int8, uint16, int16, uint32, int32, uint64, int64, float16, float32, float64';

/** What other types hold, and what would be right, by the letter that names them. */
const ADVICE: Readonly<Record<string, string>> = {
  O: 'Python objects, which only Python can read; save an array of numbers',
  c: 'complex numbers; save real and imaginary part as two channels',
  U: 'texts; save numbers',
  S: 'texts; save numbers',
  a: 'texts; save numbers',
  M: "dates; save them as numbers, by array.astype('int64')",
  m: "spans of time; save them as numbers, by array.astype('int64')",
  V: 'raw memory; save an array of numbers',
};

/**
 * The type that a header's `descr` names.
 *
 * @throws DataError for everything but whole numbers and floats of a known byte order, saying what to save instead.
 */
export const numberType = (path: string, descr: string): NumberType => {
  const [, order = '', letter = '', size = ''] = /^([<>|=]?)([a-zA-Z])(\d*)/.exec(descr) ?? [];
  const advice = ADVICE[letter];
  if (advice !== undefined) throw new DataError(`${path}: holds values of type ${descr}: ${advice}`);
  // A single byte has no order, whatever stands there.
  const known = size === '1' || order === '<' || order === '>' ? ORDERS[order === '>' ? '>' : '<'] : {};
  const kind = `${order}${letter}${size}` === descr ? known[`${letter}${size}`] : undefined;
  if (kind === undefined) throw new DataError(`${path}: holds values of type ${descr}; there may be ${ALLOWED}, in either byte order`);
  return { name: descr, readExactly: kind.read, ...kind };
};
