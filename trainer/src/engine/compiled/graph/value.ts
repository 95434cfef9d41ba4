import type { Half } from '../../half/half.ts';

/** Element types that appear in graphs; int64 only for shapes, axes and indices, as ONNX requires. */
export type Dtype = 'float32' | 'int32' | 'int64' | 'bool' | Half;

export type ConstantData = Float32Array | Int32Array | BigInt64Array | Uint8Array;

/** A tensor of the graph: what a node produces, an input, or a constant whose numbers are known. */
export type Value = {
  readonly id: number;
  readonly shape: readonly number[];
  readonly dtype: Dtype;
  readonly constant?: ConstantData;
};

export type Attribute =
  | { readonly kind: 'int'; readonly value: number }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'ints'; readonly value: readonly number[] }
  | { readonly kind: 'floats'; readonly value: readonly number[] }
  | { readonly kind: 'string'; readonly value: string };

export type Attributes = Readonly<Record<string, Attribute>>;

export const int = (value: number): Attribute => ({ kind: 'int', value });
export const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });
export const float = (value: number): Attribute => ({ kind: 'float', value });
export const floats = (value: readonly number[]): Attribute => ({ kind: 'floats', value });
export const text = (value: string): Attribute => ({ kind: 'string', value });

/** ONNX's standard operators, those of ONNX Runtime, and its CPU operators in NCHWc. */
export type Domain = '' | 'com.microsoft' | 'com.microsoft.nchwc';

export type Node = {
  readonly domain: Domain;
  readonly op: string;
  readonly inputs: readonly (Value | null)[];
  readonly attributes: Attributes;
  readonly outputs: readonly Value[];
};

export const elements = (shape: readonly number[]): number => shape.reduce((product, extent) => product * extent, 1);

export const sameShape = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((extent, axis) => extent === b[axis]);

/** NumPy's rule, which ONNX follows. @throws if the shapes do not go together. */
export const broadcastShape = (a: readonly number[], b: readonly number[]): number[] => {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const [x, y] = [a[axis - rank + a.length] ?? 1, b[axis - rank + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1) throw new Error(`shapes [${a.join(', ')}] and [${b.join(', ')}] do not broadcast`);
    return x === 1 ? y : x;
  });
};

/** The largest divisor of n up to a limit. */
export const largestDivisor = (n: number, limit: number): number => {
  for (let d = Math.min(n, limit); d > 1; d--) if (n % d === 0) return d;
  return 1;
};
