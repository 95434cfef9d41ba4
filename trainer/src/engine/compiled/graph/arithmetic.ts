import type { Graph } from './graph.ts';
import { broadcastShape, type ConstantData, type Dtype, elements, int, sameShape, type Value } from './value.ts';

export type Arithmetic = 'Add' | 'Sub' | 'Mul' | 'Div' | 'Max' | 'Min' | 'Pow' | 'Mod';
export type Comparison = 'Equal' | 'Greater' | 'GreaterOrEqual' | 'Less' | 'LessOrEqual';
export type Logic = 'And' | 'Or' | 'Xor';

/** Constants up to this size are computed while tracing. */
const FOLDED_SIZE = 4096;

const ELEMENTARY: { readonly [op: string]: (a: number, b: number) => number } = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Max: Math.max,
  Min: Math.min,
};

const isFloat = (data: ConstantData | undefined): data is Float32Array => data instanceof Float32Array && data.length <= FOLDED_SIZE;

/** True for a constant of equal numbers. */
export const isUniform = (value: Value, number: number): boolean =>
  value.constant !== undefined &&
  value.constant.length <= FOLDED_SIZE &&
  value.constant.every((own: number | bigint) => Number(own) === number);

/** Element numbers of `shape` as they broadcast into `out`. */
const broadcastIndices = (shape: readonly number[], out: readonly number[]): Int32Array => {
  const indices = new Int32Array(elements(out));
  const strides = out.map(() => 0);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1) strides[axis + out.length - shape.length] = stride;
    stride *= shape[axis] as number;
  }
  for (let k = 0; k < indices.length; k++) {
    let rest = k;
    let index = 0;
    for (let axis = out.length - 1; axis >= 0; axis--) {
      index += (rest % (out[axis] as number)) * (strides[axis] as number);
      rest = Math.floor(rest / (out[axis] as number));
    }
    indices[k] = index;
  }
  return indices;
};

const folded = (graph: Graph, op: Arithmetic, a: Value, b: Value, shape: readonly number[]): Value | null => {
  const compute = ELEMENTARY[op];
  if (compute === undefined || !isFloat(a.constant) || !isFloat(b.constant) || elements(shape) > FOLDED_SIZE) return null;
  const [x, y] = [a.constant, b.constant];
  const [left, right] = [broadcastIndices(a.shape, shape), broadcastIndices(b.shape, shape)];
  const result = new Float32Array(left.length).map((_, k) => compute(x[left[k] as number] as number, y[right[k] as number] as number));
  return graph.constant(result, shape, 'float32');
};

/** a ∘ b elementwise, broadcast. */
export const binary = (graph: Graph, op: Arithmetic, a: Value, b: Value): Value => {
  const shape = broadcastShape(a.shape, b.shape);
  const constant = folded(graph, op, a, b, shape);
  if (constant !== null) return constant;
  if (sameShape(a.shape, shape) && ((op === 'Add' && isUniform(b, 0)) || (op === 'Sub' && isUniform(b, 0)))) return a;
  if (sameShape(a.shape, shape) && ((op === 'Mul' && isUniform(b, 1)) || (op === 'Div' && isUniform(b, 1)))) return a;
  if (sameShape(b.shape, shape) && ((op === 'Add' && isUniform(a, 0)) || (op === 'Mul' && isUniform(a, 1)))) return b;
  return graph.add(op, [a, b], { shape, dtype: a.dtype });
};

export const compare = (graph: Graph, op: Comparison, a: Value, b: Value): Value =>
  graph.add(op, [a, b], { shape: broadcastShape(a.shape, b.shape), dtype: 'bool' });

export const logic = (graph: Graph, op: Logic, a: Value, b: Value): Value =>
  graph.add(op, [a, b], { shape: broadcastShape(a.shape, b.shape), dtype: 'bool' });

export const unary = (graph: Graph, op: string, x: Value, dtype: Dtype = x.dtype): Value => graph.add(op, [x], { shape: x.shape, dtype });

const ONNX_TYPES: Readonly<Record<Dtype, number>> = { float32: 1, int32: 6, int64: 7, bool: 9, float16: 10, bfloat16: 16 };
export const onnxType = (dtype: Dtype): number => ONNX_TYPES[dtype];

export const cast = (graph: Graph, x: Value, dtype: Dtype): Value => {
  if (x.dtype === dtype) return x;
  if (dtype === 'float32' && x.constant !== undefined && x.constant.length <= FOLDED_SIZE) {
    return graph.constant(Float32Array.from(x.constant as ArrayLike<number | bigint>, Number), x.shape, dtype);
  }
  return graph.add('Cast', [x], { shape: x.shape, dtype }, { to: int(ONNX_TYPES[dtype]) });
};

/** condition ? a : b */
export const select = (graph: Graph, condition: Value, a: Value, b: Value): Value =>
  graph.add('Where', [condition, a, b], { shape: broadcastShape(condition.shape, broadcastShape(a.shape, b.shape)), dtype: a.dtype });

/** x kept between two numbers; absent: open on that side. */
export const clip = (graph: Graph, x: Value, low: number | null, high: number | null): Value =>
  graph.add('Clip', [x, low === null ? null : graph.scalar(low), ...(high === null ? [] : [graph.scalar(high)])], x);
