import { channelAffineOf, isUnevaluated, perChannel, scaled, shifted, summed, tracedChannelAffine } from '../channel-affine.ts';
import { type Arithmetic, binary, unary } from '../graph/arithmetic.ts';
import { reshape } from '../graph/shaping.ts';
import { broadcastShape, sameShape, type Value } from '../graph/value.ts';
import { nhwc, valueIn } from '../layout.ts';
import { summedPhases } from '../phases.ts';
import type { Trace } from '../trace.ts';
import { type ChannelAffine, ownLayout, type Traced, tracedUniform } from '../traced.ts';
import { elementwise } from './broadcast.ts';
import type { Kernel, KernelTable } from './kernel.ts';

const UNIFORM: Readonly<Record<Arithmetic, (a: number, b: number) => number>> = {
  Add: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  Div: (a, b) => a / b,
  Max: Math.max,
  Min: Math.min,
  Pow: (a, b) => a ** b,
  Mod: (a, b) => a % b,
};

/** x broadcast to a larger shape, without computing anything. */
export const broadcastTo = (trace: Trace, x: Traced, shape: readonly number[]): Traced => {
  if (sameShape(x.shape, shape)) return x;
  if (x.uniform !== undefined) return tracedUniform(x.uniform, shape, x.dtype);
  const small = x.broadcastOf ?? x;
  const rank = [...shape.slice(small.shape.length).map(() => 1), ...small.shape];
  const broadcastOf = sameShape(rank, small.shape)
    ? small
    : { shape: rank, dtype: small.dtype, values: { NHWC: reshape(trace.graph, nhwc(trace, small), rank) } };
  return { shape, dtype: x.dtype, values: {}, broadcastOf };
};

/** What needs no computation: neutral elements, and zero times anything (a gradient that is stopped). */
const simplified = (trace: Trace, op: Arithmetic, a: Traced, b: Traced, shape: readonly number[]): Traced | null => {
  if (a.uniform !== undefined && b.uniform !== undefined && a.dtype === 'float32') {
    return tracedUniform(Math.fround(UNIFORM[op](a.uniform, b.uniform)), shape, a.dtype);
  }
  if (b.uniform === 0 && (op === 'Add' || op === 'Sub')) return broadcastTo(trace, a, shape);
  if (b.uniform === 1 && (op === 'Mul' || op === 'Div')) return broadcastTo(trace, a, shape);
  if (a.uniform === 0 && op === 'Add') return broadcastTo(trace, b, shape);
  if (a.uniform === 1 && op === 'Mul') return broadcastTo(trace, b, shape);
  if (op === 'Mul' && (a.uniform === 0 || b.uniform === 0)) return tracedUniform(0, shape, a.dtype);
  return null;
};

const inverse = (trace: Trace, factor: Value): Value => binary(trace.graph, 'Div', trace.number(1), factor);
const negative = (trace: Trace, value: Value): Value => binary(trace.graph, 'Mul', value, trace.number(-1));

/** The operation as a channel-affine epilogue, if it is one: a scale or shift of channels, or a sum of two such. */
const asChannelAffine = (trace: Trace, op: Arithmetic, a: Traced, b: Traced, shape: readonly number[]): ChannelAffine | null => {
  if (shape.length < 3) return null;
  const [left, right] = [a, b].map((x) => (sameShape(x.shape, shape) ? channelAffineOf(x) : null)) as [
    ChannelAffine | null,
    ChannelAffine | null,
  ];
  if (left !== null && right !== null) {
    if (!(isUnevaluated(a) || isUnevaluated(b)) || (op !== 'Add' && op !== 'Sub')) return null;
    return summed(trace, left, op === 'Add' ? right : scaled(trace, right, trace.number(-1)));
  }
  const channels = shape.at(-1) as number;
  if (left !== null) {
    const vector = perChannel(trace, b, channels);
    if (vector === null) return null;
    if (op === 'Add') return shifted(trace, left, vector);
    if (op === 'Sub') return shifted(trace, left, negative(trace, vector));
    if (op === 'Mul') return scaled(trace, left, vector);
    return op === 'Div' ? scaled(trace, left, inverse(trace, vector)) : null;
  }
  if (right === null) return null;
  const vector = perChannel(trace, a, channels);
  if (vector === null) return null;
  if (op === 'Add') return shifted(trace, right, vector);
  if (op === 'Sub') return shifted(trace, scaled(trace, right, trace.number(-1)), vector);
  return op === 'Mul' ? scaled(trace, right, vector) : null;
};

/** Two NCHWc tensors whose product may be wanted for its sums alone; with a mask, the product itself is wanted. */
const isProduct = (a: Traced, b: Traced): boolean =>
  [a, b].every(
    (x) => x.dtype === 'float32' && x.uniform === undefined && x.broadcastOf === undefined && x.mask !== true && ownLayout(x) === 'NCHWc',
  ) && sameShape(a.shape, b.shape);

const tracedProduct = (trace: Trace, a: Traced, b: Traced): Traced => ({
  shape: a.shape,
  dtype: 'float32',
  values: {},
  product: [a, b],
  pending: { layout: 'NCHWc', compute: () => binary(trace.graph, 'Mul', valueIn(trace, a, 'NCHWc'), valueIn(trace, b, 'NCHWc')) },
});

/** a ∘ b as TensorFlow.js broadcasts it. */
export const arithmetic = (trace: Trace, op: Arithmetic, a: Traced, b: Traced): Traced => {
  const shape = broadcastShape(a.shape, b.shape);
  const simple = simplified(trace, op, a, b, shape);
  if (simple !== null) return simple;
  const phases = op === 'Add' ? summedPhases(trace, a, b) : null;
  if (phases !== null) return phases;
  const affine = a.dtype === 'float32' ? asChannelAffine(trace, op, a, b, shape) : null;
  if (affine !== null) return tracedChannelAffine(trace, affine, shape);
  if (op === 'Mul' && isProduct(a, b)) return tracedProduct(trace, a, b);
  return elementwise(trace, [a, b], ([x, y]) => binary(trace.graph, op, x as Value, y as Value));
};

export const square = (trace: Trace, x: Traced): Traced => arithmetic(trace, 'Mul', x, x);

const kernel =
  (op: Arithmetic): Kernel =>
  ({ trace, input }) =>
    arithmetic(trace, op, input('a'), input('b'));

const floorDivide: Kernel = ({ trace, input }) => {
  const [a, b] = [input('a'), input('b')];
  // TensorFlow.js rounds towards minus infinity, ONNX's division of integers towards zero.
  return elementwise(trace, [a, b], ([x, y]) => {
    if (a.dtype === 'float32') return unary(trace.graph, 'Floor', binary(trace.graph, 'Div', x as Value, y as Value));
    const remainder = trace.graph.add('Mod', [x as Value, y as Value], {
      shape: broadcastShape(x?.shape ?? [], y?.shape ?? []),
      dtype: 'int32',
    });
    return binary(trace.graph, 'Div', binary(trace.graph, 'Sub', x as Value, remainder), y as Value);
  });
};

export const arithmeticKernels: KernelTable = {
  Add: kernel('Add'),
  Sub: kernel('Sub'),
  Multiply: kernel('Mul'),
  RealDiv: kernel('Div'),
  Maximum: kernel('Max'),
  Minimum: kernel('Min'),
  Pow: kernel('Pow'),
  FloorDiv: floorDivide,
  AddN: ({ trace, list }) => list.reduce((sum, x) => arithmetic(trace, 'Add', sum, x)),
  Square: ({ trace, input }) => square(trace, input('x')),
  SquaredDifference: ({ trace, input }) => square(trace, arithmetic(trace, 'Sub', input('a'), input('b'))),
};
