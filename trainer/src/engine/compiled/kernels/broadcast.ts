import { reshape } from '../graph/shaping.ts';
import { broadcastShape, sameShape, type Value } from '../graph/value.ts';
import { form, held, operand } from '../layout.ts';
import type { Trace } from '../trace.ts';
import { type Layout, ownLayout, type Traced, tracedIn } from '../traced.ts';

const withRank = (shape: readonly number[], rank: number): number[] => [...Array.from({ length: rank - shape.length }, () => 1), ...shape];

/** What of a tensor has to be computed with: the small tensor, where it is a broadcast. */
export const coreOf = (x: Traced): Traced => x.core ?? x;

const coreShape = (x: Traced): readonly number[] => (x.uniform !== undefined ? [] : coreOf(x).shape);

const preferred: readonly Layout[] = ['blocked', 'planar'];

/** The layout of the operands that have the full shape; plain if there are none or they are plain. */
const commonLayout = (operands: readonly Traced[], shape: readonly number[]): Layout => {
  const full = operands.filter((x) => x.uniform === undefined && sameShape(x.shape, shape)).map(ownLayout);
  return preferred.find((layout) => full.includes(layout)) ?? 'plain';
};

/**
 * An elementwise function of broadcast operands, computed in the layout they are in. Where all operands are broadcasts of smaller tensors,
 * the smaller ones are computed with, and the result is a broadcast again.
 */
export const elementwise = (trace: Trace, operands: readonly Traced[], write: (values: readonly Value[]) => Value): Traced => {
  const shape = operands.map((x) => x.shape).reduce(broadcastShape);
  const small = withRank(operands.map(coreShape).reduce(broadcastShape), shape.length);
  if (!sameShape(small, shape)) {
    const core = elementwiseFull(trace, operands.map(coreOf), small, write);
    return { shape, dtype: core.dtype, forms: {}, core };
  }
  return elementwiseFull(
    trace,
    operands.map((x) => (sameShape(coreShape(x), shape) ? x : coreOf(x))),
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
  if (layout === 'blocked' && !full) {
    const value = write(operands.map((x) => operand(trace, x, shape.length, layout)));
    return tracedIn(layout, held(trace, value, shape, layout), shape);
  }
  const value = write(
    operands.map((x) => (full && x.uniform === undefined ? form(trace, x, layout) : operand(trace, x, shape.length, layout))),
  );
  // Operands may have had fewer axes than the result, which differ by leading ones.
  return tracedIn(layout, layout === 'plain' ? reshape(trace.graph, value, shape) : value, shape);
};
