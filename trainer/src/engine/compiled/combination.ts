import { binary, clip, unary } from './graph/arithmetic.ts';
import { type Activation, convolveBlocked, POINT } from './graph/convolution.ts';
import { expand, reshape } from './graph/shaping.ts';
import type { Value } from './graph/value.ts';
import { asImage, form, heldShape, plain } from './layout.ts';
import type { Trace } from './trace.ts';
import { ownLayout, type Traced } from './traced.ts';

/** A tensor times a number per channel (null: 1). */
type Term = { readonly base: Traced; readonly scale: Value | null };

/**
 * Σ base · scale + offset over one or two tensors, scales and offset per channel ([channels] or a scalar). What batch normalisation, biases and
 * shortcuts do to an activation is of this kind; kept unevaluated, their multiplications and additions become one pass over it, with the
 * rectifier that follows.
 */
export type Combination = {
  readonly layout: 'planar' | 'blocked';
  readonly terms: readonly [Term] | readonly [Term, Term];
  readonly offset: Value | null;
};

/** x as a combination, if it is an activation: one whose numbers lie channels first. */
export const combinationOf = (x: Traced): Combination | null => {
  if (x.dtype !== 'float32' || x.uniform !== undefined || x.core !== undefined) return null;
  if (x.combination !== undefined) return x.combination;
  const layout = ownLayout(x);
  return layout === 'plain' ? null : { layout, terms: [{ base: x, scale: null }], offset: null };
};

/** x as one number per channel, or one for all, for activations of that many channels; null if it is neither. */
export const perChannel = (trace: Trace, x: Traced, channels: number): Value | null => {
  if (x.dtype !== 'float32') return null;
  if (x.uniform !== undefined) return trace.number(x.uniform);
  const size = x.shape.reduce((product, extent) => product * extent, 1);
  if (size === 1) return reshape(trace.graph, plain(trace, x), []);
  return size === channels && x.shape.at(-1) === channels ? reshape(trace.graph, plain(trace, x), [channels]) : null;
};

const times = (trace: Trace, a: Value | null, b: Value): Value => (a === null ? b : binary(trace.graph, 'Mul', a, b));
const plus = (trace: Trace, a: Value | null, b: Value | null): Value | null => {
  if (a === null || b === null) return a ?? b;
  return binary(trace.graph, 'Add', a, b);
};

const mapTerms = (terms: Combination['terms'], change: (term: Term) => Term): Combination['terms'] =>
  terms.length === 1 ? [change(terms[0])] : [change(terms[0]), change(terms[1])];

export const scaled = (trace: Trace, { layout, terms, offset }: Combination, factor: Value): Combination => ({
  layout,
  terms: mapTerms(terms, ({ base, scale }) => ({ base, scale: times(trace, scale, factor) })),
  offset: offset === null ? null : binary(trace.graph, 'Mul', offset, factor),
});

export const shifted = (trace: Trace, combination: Combination, by: Value): Combination => ({
  ...combination,
  offset: plus(trace, combination.offset, by),
});

/** a + b, while that has no more than two terms in one layout. */
export const summed = (trace: Trace, a: Combination, b: Combination): Combination | null => {
  const [first, second] = [a.terms[0], b.terms[0]];
  if (a.layout !== b.layout || a.terms.length !== 1 || b.terms.length !== 1) return null;
  return { layout: a.layout, terms: [first, second], offset: plus(trace, a.offset, b.offset) };
};

/** A per-channel affine map, a sum and a rectifier in one pass: a convolution with one 1 × 1 filter per channel. */
export const blockedPass = (
  trace: Trace,
  base: Value,
  shape: readonly number[],
  scale: Value | null,
  extras: { readonly offset?: Value | null; readonly sum?: Value | null; readonly activation?: Activation | null },
): Value => {
  const { graph } = trace;
  const channels = shape.at(-1) as number;
  const vector = (value: Value) => expand(graph, value.shape.length === 0 ? reshape(graph, value, [1]) : value, [channels]);
  const filter = reshape(graph, vector(scale ?? graph.scalar(1)), [channels, 1, 1, 1]);
  const { offset = null, sum = null, activation = null } = extras;
  const result = convolveBlocked(graph, asImage(trace, base, shape), filter, POINT, channels, {
    bias: offset === null ? null : vector(offset),
    sum: sum === null ? null : asImage(trace, sum, shape),
    activation,
  });
  return reshape(graph, result, heldShape(shape, 'blocked'));
};

const blockedSum = (trace: Trace, { terms, offset }: Combination, shape: readonly number[], activation: Activation | null): Value => {
  const value = ({ base }: Term) => form(trace, base, 'blocked');
  const [first, second] = terms;
  if (second === undefined) {
    if (first.scale === null && offset === null && activation === null) return value(first);
    return blockedPass(trace, value(first), shape, first.scale, { offset, activation });
  }
  if (first.scale === null && second.scale === null && offset === null && activation === null) {
    return binary(trace.graph, 'Add', value(first), value(second));
  }
  const [main, other] = first.scale === null ? [second, first] : [first, second];
  const sum = other.scale === null ? value(other) : blockedPass(trace, value(other), shape, other.scale, {});
  return blockedPass(trace, value(main), shape, main.scale, { offset, sum, activation });
};

const activated = (trace: Trace, x: Value, activation: Activation | null): Value => {
  if (activation === null) return x;
  return activation.op === 'Relu' ? unary(trace.graph, 'Relu', x) : clip(trace.graph, x, activation.low, activation.high);
};

const planarSum = (trace: Trace, { terms, offset }: Combination, shape: readonly number[], activation: Activation | null): Value => {
  const { graph } = trace;
  const spatial = shape.slice(1, -1).map(() => 1);
  const vector = (value: Value) => (value.shape.length === 0 ? value : reshape(graph, value, [...value.shape, ...spatial]));
  const parts = terms.map(({ base, scale }) => {
    const value = form(trace, base, 'planar');
    return scale === null ? value : binary(graph, 'Mul', value, vector(scale));
  });
  const sum = parts.reduce((a, b) => binary(graph, 'Add', a, b));
  return activated(trace, offset === null ? sum : binary(graph, 'Add', sum, vector(offset)), activation);
};

/** Computes a combination of that TensorFlow.js shape, with an activation function applied where one follows. */
export const materialise = (trace: Trace, combination: Combination, shape: readonly number[], activation: Activation | null): Value =>
  combination.layout === 'blocked' ? blockedSum(trace, combination, shape, activation) : planarSum(trace, combination, shape, activation);

/** A tensor that is a combination, not computed until its numbers are asked for. */
export const tracedCombination = (trace: Trace, combination: Combination, shape: readonly number[]): Traced => ({
  shape,
  dtype: 'float32',
  forms: {},
  combination,
  pending: { layout: combination.layout, compute: () => materialise(trace, combination, shape, null) },
});
