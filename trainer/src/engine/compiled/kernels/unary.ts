import type { CastAttrs, ClipByValueAttrs } from '@tensorflow/tfjs';
import { channelAffineOf, isUnevaluated, scaled, tracedChannelAffine } from '../channel-affine.ts';
import { binary, cast, clip, compare, unary } from '../graph/arithmetic.ts';
import type { Graph } from '../graph/graph.ts';
import type { Value } from '../graph/value.ts';
import { type Traced, tracedUniform } from '../traced.ts';
import { elementwise } from './broadcast.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

/** A function of each element; of a uniform tensor it is computed while tracing, where `known` says how. */
const map =
  (write: (graph: Graph, x: Value) => Value, known?: (x: number) => number): Kernel =>
  ({ trace, input }) => {
    const x = input('x');
    if (x.uniform !== undefined && known !== undefined && x.dtype === 'float32') {
      return tracedUniform(Math.fround(known(x.uniform)), x.shape);
    }
    return elementwise(trace, [x], ([value]) => write(trace.graph, value as Value));
  };

const direct = (op: string, known?: (x: number) => number): Kernel => map((graph, x) => unary(graph, op, x), known);

const castKernel: Kernel = (call) => {
  const { dtype } = attributesAs<CastAttrs>(call);
  const { trace } = call;
  const x = call.input('x');
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool')
    throw new Error(`casting to ${dtype} is not supported by the compiled engine: cast to float32, int32 or bool`);
  if (x.dtype === dtype) return x;
  if (x.uniform !== undefined)
    return tracedUniform(
      dtype === 'int32' ? Math.trunc(x.uniform) : dtype === 'bool' ? Number(x.uniform !== 0) : x.uniform,
      x.shape,
      dtype,
    );
  return elementwise(trace, [x], ([value]) => cast(trace.graph, value as Value, dtype));
};

const negate: Kernel = ({ trace, input }): Traced => {
  const x = input('x');
  if (x.uniform !== undefined) return tracedUniform(-x.uniform, x.shape, x.dtype);
  const affine = isUnevaluated(x) ? channelAffineOf(x) : null;
  if (affine !== null) return tracedChannelAffine(trace, scaled(trace, affine, trace.number(-1)), x.shape);
  return elementwise(trace, [x], ([value]) => unary(trace.graph, 'Neg', value as Value));
};

/** Derivative of elu by its own output: 1 for y > 0, else y + 1. */
const eluGradient: Kernel = ({ trace, input }) =>
  elementwise(trace, [input('dy'), input('y')], ([dy, y]) => {
    const { graph } = trace;
    const slope = binary(graph, 'Add', clip(graph, y as Value, null, 0), trace.number(1));
    return binary(graph, 'Mul', dy as Value, slope);
  });

export const unaryKernels: KernelTable = {
  Abs: direct('Abs', Math.abs),
  Ceil: direct('Ceil'),
  Cos: direct('Cos'),
  Elu: direct('Elu'),
  EluGrad: eluGradient,
  Erf: direct('Erf'),
  Exp: direct('Exp', Math.exp),
  Expm1: map((graph, x) => binary(graph, 'Sub', unary(graph, 'Exp', x), graph.scalar(1))),
  Floor: direct('Floor'),
  IsNan: map((graph, x) => unary(graph, 'IsNaN', x, 'bool')),
  Log: direct('Log', Math.log),
  Log1p: map((graph, x) => unary(graph, 'Log', binary(graph, 'Add', x, graph.scalar(1)))),
  Neg: negate,
  Reciprocal: direct('Reciprocal', (x) => 1 / x),
  Round: direct('Round'),
  Rsqrt: map(
    (graph, x) => unary(graph, 'Reciprocal', unary(graph, 'Sqrt', x)),
    (x) => 1 / Math.sqrt(x),
  ),
  Sigmoid: direct('Sigmoid'),
  Sign: direct('Sign'),
  Sin: direct('Sin'),
  Softplus: direct('Softplus'),
  Sqrt: direct('Sqrt', Math.sqrt),
  Tanh: direct('Tanh', Math.tanh),
  Identity: ({ input }) => input('x'),
  Cast: castKernel,
  ClipByValue: (call) => {
    const { clipValueMin, clipValueMax } = attributesAs<ClipByValueAttrs>(call);
    return elementwise(call.trace, [call.input('x')], ([x]) => clip(call.trace.graph, x as Value, clipValueMin, clipValueMax));
  },
  IsFinite: map((graph, x) => compare(graph, 'Less', unary(graph, 'Abs', x), graph.scalar(Number.POSITIVE_INFINITY))),
};
