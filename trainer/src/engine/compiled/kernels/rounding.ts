import { type Operations, roundedByArithmetic } from '../../half/by-arithmetic.ts';
import type { Half } from '../../half/half.ts';
import { ROUND_TO_HALF, type RoundToHalfAttributes } from '../../half/kernel.ts';
import { binary, cast, compare, select, unary } from '../graph/arithmetic.ts';
import type { Graph } from '../graph/graph.ts';
import type { Value } from '../graph/value.ts';
import { elementwise } from './broadcast.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

/** There and back: casting to fewer digits rounds, and casting back changes nothing. */
const byCasts = (graph: Graph, x: Value, format: Half): Value => cast(graph, cast(graph, x, format), 'float32');

/** Of graph nodes, since traced operations of TensorFlow.js on convolutions are simplified as those of real numbers. */
const inGraph = (graph: Graph): Operations<Value, Value> => ({
  add: (x, number) => binary(graph, 'Add', x, graph.scalar(number)),
  sub: (a, b) => binary(graph, 'Sub', a, b),
  mul: (x, number) => binary(graph, 'Mul', x, graph.scalar(number)),
  abs: (x) => unary(graph, 'Abs', x),
  sign: (x) => unary(graph, 'Sign', x),
  isBelow: (x, number) => compare(graph, 'Less', x, graph.scalar(number)),
  select: (condition, a, b) => select(graph, condition, a, b),
});

const byArithmetic = (graph: Graph, x: Value, format: Half): Value => roundedByArithmetic(inGraph(graph), x, format);

const roundToHalf: Kernel = (call) => {
  const { format } = attributesAs<RoundToHalfAttributes>(call);
  const { graph, castsToHalf } = call.trace;
  return elementwise(call.trace, [call.input('x')], ([x]) => (castsToHalf ? byCasts : byArithmetic)(graph, x as Value, format));
};

export const roundingKernels: KernelTable = { [ROUND_TO_HALF]: roundToHalf };
