import type { Half } from '../../half/half.ts';
import { DROPPED, FLOAT16, ROUND_TO_HALF, type RoundToHalfAttributes } from '../../half/kernel.ts';
import { binary, cast, compare, select, unary } from '../graph/arithmetic.ts';
import type { Graph } from '../graph/graph.ts';
import type { Value } from '../graph/value.ts';
import { elementwise } from './broadcast.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

/** There and back: casting to fewer digits rounds, and casting back changes nothing. */
const byCasts = (graph: Graph, x: Value, format: Half): Value => cast(graph, cast(graph, x, format), 'float32');

/** What `roundedByArithmetic` computes. Written here, since traced operations of TensorFlow.js on convolutions are simplified as those of real numbers. */
const byArithmetic = (graph: Graph, x: Value, format: Half): Value => {
  const times = (a: Value, factor: number) => binary(graph, 'Mul', a, graph.scalar(factor));
  const leading = (a: Value) => {
    const wide = times(a, 2 ** DROPPED[format] + 1);
    return binary(graph, 'Sub', wide, binary(graph, 'Sub', wide, a));
  };
  const size = unary(graph, 'Abs', x);
  const isBelow = (limit: number) => compare(graph, 'Less', size, graph.scalar(limit));
  if (format === 'bfloat16') return select(graph, isBelow(2 ** 64), leading(x), times(leading(times(x, 2 ** -32)), 2 ** 32));
  const aligned = graph.scalar(FLOAT16.aligned);
  const small = binary(graph, 'Sub', binary(graph, 'Add', x, aligned), aligned);
  const infinite = times(unary(graph, 'Sign', x), Number.POSITIVE_INFINITY);
  return select(graph, isBelow(FLOAT16.tooLarge), select(graph, isBelow(FLOAT16.normal), small, leading(x)), infinite);
};

const roundToHalf: Kernel = (call) => {
  const { format } = attributesAs<RoundToHalfAttributes>(call);
  const { graph, halves } = call.trace;
  return elementwise(call.trace, [call.input('x')], ([x]) => (halves ? byCasts : byArithmetic)(graph, x as Value, format));
};

export const roundingKernels: KernelTable = { [ROUND_TO_HALF]: roundToHalf };
