import { reshape } from '../graph/shaping.ts';
import { broadcastShape, sameShape, type Value } from '../graph/value.ts';
import { fromPhysical, operand, valueIn } from '../layout.ts';
import type { Trace } from '../trace.ts';
import { type Layout, ownLayout, type Traced, tracedIn } from '../traced.ts';

const withRank = (shape: readonly number[], rank: number): number[] => [...Array.from({ length: rank - shape.length }, () => 1), ...shape];

/** What of a tensor has to be computed with: the small tensor, where it is a broadcast. */
export const unbroadcast = (x: Traced): Traced => x.broadcastOf ?? x;

const unbroadcastShape = (x: Traced): readonly number[] => (x.uniform !== undefined ? [] : unbroadcast(x).shape);

const preferred: readonly Layout[] = ['NCHWc', 'NCHW'];

/** The layout of the operands that have the full shape; NHWC if there are none or they are in it. */
const commonLayout = (operands: readonly Traced[], shape: readonly number[]): Layout => {
  const full = operands.filter((x) => x.uniform === undefined && sameShape(x.shape, shape)).map(ownLayout);
  return preferred.find((layout) => full.includes(layout)) ?? 'NHWC';
};

/**
 * An elementwise function of broadcast operands, computed in the layout they are in. Where all operands are broadcasts of smaller tensors,
 * the smaller ones are computed with, and the result is a broadcast again.
 */
export const elementwise = (trace: Trace, operands: readonly Traced[], write: (values: readonly Value[]) => Value): Traced => {
  const shape = operands.map((x) => x.shape).reduce(broadcastShape);
  const small = withRank(operands.map(unbroadcastShape).reduce(broadcastShape), shape.length);
  if (!sameShape(small, shape)) {
    const broadcastOf = elementwiseFull(trace, operands.map(unbroadcast), small, write);
    return { shape, dtype: broadcastOf.dtype, values: {}, broadcastOf };
  }
  return elementwiseFull(
    trace,
    operands.map((x) => (sameShape(unbroadcastShape(x), shape) ? x : unbroadcast(x))),
    shape,
    write,
  );
};

const elementwiseFull = (
  trace: Trace,
  operands: readonly Traced[],
  shape: readonly number[],
  write: (values: readonly Value[]) => Value,
): Traced => {
  const layout = commonLayout(operands, shape);
  const full = operands.every((x) => x.uniform !== undefined || sameShape(x.shape, shape));
  if (layout === 'NCHWc' && !full) {
    const value = write(operands.map((x) => operand(trace, x, shape.length, layout)));
    return tracedIn(layout, fromPhysical(trace, value, shape, layout), shape);
  }
  const value = write(
    operands.map((x) => (full && x.uniform === undefined ? valueIn(trace, x, layout) : operand(trace, x, shape.length, layout))),
  );
  // Operands may have had fewer axes than the result, which differ by leading ones.
  return tracedIn(layout, layout === 'NHWC' ? reshape(trace.graph, value, shape) : value, shape);
};
