import type { Graph } from './graph.ts';
import { elements, int, ints, sameShape, type Value } from './value.ts';

/** The same numbers in the same order under another shape. */
export const reshape = (graph: Graph, x: Value, shape: readonly number[]): Value => {
  if (elements(shape) !== elements(x.shape)) throw new Error(`[${x.shape.join(', ')}] cannot be reshaped to [${shape.join(', ')}]`);
  if (sameShape(x.shape, shape)) return x;
  if (x.constant !== undefined) return graph.constant(x.constant, shape, x.dtype);
  const origin = graph.origin(x);
  // ONNX Runtime copies an input to reshape it; another view of the state costs nothing.
  if (origin !== undefined) return graph.view(origin.entry, origin.begin, shape, x.dtype);
  const before = graph.producer(x);
  if (before?.op === 'Reshape') return reshape(graph, before.inputs[0] as Value, shape);
  return graph.add('Reshape', [x, graph.integers(shape)], { shape, dtype: x.dtype });
};

/** True where only axes of extent 1 change their place among the others. */
const keepsOrder = (shape: readonly number[], permutation: readonly number[]): boolean => {
  const long = permutation.filter((axis) => shape[axis] !== 1);
  return long.every((axis, place) => place === 0 || axis > (long[place - 1] as number));
};

export const transpose = (graph: Graph, x: Value, permutation: readonly number[]): Value => {
  const shape = permutation.map((axis) => x.shape[axis] as number);
  if (keepsOrder(x.shape, permutation)) return reshape(graph, x, shape);
  const before = graph.producer(x);
  if (before?.op === 'Transpose') {
    const first = before.attributes.perm;
    if (first?.kind === 'ints') {
      return transpose(
        graph,
        before.inputs[0] as Value,
        permutation.map((axis) => first.value[axis] as number),
      );
    }
  }
  return graph.add('Transpose', [x], { shape, dtype: x.dtype }, { perm: ints(permutation) });
};

export type Cut = { readonly axis: number; readonly begin: number; readonly end: number; readonly step?: number };

/** x[begin : end : step] along each axis named; begin and end count from the front, `end` lies past the last for a positive step. */
export const slice = (graph: Graph, x: Value, cuts: readonly Cut[]): Value => {
  const real = cuts.filter(({ axis, begin, end, step = 1 }) => begin !== 0 || end !== x.shape[axis] || step !== 1);
  if (real.length === 0) return x;
  const shape = [...x.shape];
  for (const { axis, begin, end, step = 1 } of real) shape[axis] = Math.max(0, Math.ceil((end - begin) / step));
  const [first] = real as [Cut, ...Cut[]];
  const origin = graph.origin(x);
  if (origin !== undefined && real.length === 1 && first.axis === 0 && (first.step ?? 1) === 1) {
    return graph.view(origin.entry, origin.begin + first.begin * elements(x.shape.slice(1)), shape, x.dtype);
  }
  const list = (numbers: number[]) => graph.integers(numbers);
  // A negative step runs past the front, which ONNX writes as a very negative end.
  const ends = real.map(({ end, step = 1 }) => (step < 0 && end < 0 ? -(2 ** 31) : end));
  return graph.add(
    'Slice',
    [x, list(real.map(({ begin }) => begin)), list(ends), list(real.map(({ axis }) => axis)), list(real.map(({ step = 1 }) => step))],
    { shape, dtype: x.dtype },
  );
};

export const concat = (graph: Graph, parts: readonly Value[], axis: number): Value => {
  const [first] = parts as [Value, ...Value[]];
  if (parts.length === 1) return first;
  if (parts.length > graph.mostTensors) {
    const groups: Value[] = [];
    for (let from = 0; from < parts.length; from += graph.mostTensors)
      groups.push(concat(graph, parts.slice(from, from + graph.mostTensors), axis));
    return concat(graph, groups, axis);
  }
  const shape = [...first.shape];
  shape[axis] = parts.reduce((sum, part) => sum + (part.shape[axis] as number), 0);
  return graph.add('Concat', parts, { shape, dtype: first.dtype }, { axis: int(axis) });
};

export type Padding = readonly (readonly [before: number, after: number])[];

export const pad = (graph: Graph, x: Value, padding: Padding, fill = 0): Value => {
  if (padding.every(([before, after]) => before === 0 && after === 0)) return x;
  const shape = x.shape.map((extent, axis) => extent + (padding[axis]?.[0] ?? 0) + (padding[axis]?.[1] ?? 0));
  const pads = graph.integers([...padding.map(([before]) => before), ...padding.map(([, after]) => after)]);
  const inputs = fill === 0 ? [x, pads] : [x, pads, graph.scalar(fill)];
  return graph.add('Pad', inputs, { shape, dtype: x.dtype });
};

export const expand = (graph: Graph, x: Value, shape: readonly number[]): Value =>
  sameShape(x.shape, shape) ? x : graph.add('Expand', [x, graph.integers(shape)], { shape, dtype: x.dtype });

export const tile = (graph: Graph, x: Value, repeats: readonly number[]): Value => {
  if (repeats.every((times) => times === 1)) return x;
  const shape = x.shape.map((extent, axis) => extent * (repeats[axis] as number));
  return graph.add('Tile', [x, graph.integers(repeats)], { shape, dtype: x.dtype });
};

/** Rows of x along an axis, by an integer tensor of any shape. */
export const gather = (graph: Graph, x: Value, indices: Value, axis: number): Value => {
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return graph.add('Gather', [x, indices], { shape, dtype: x.dtype }, { axis: int(axis) });
};
