import { binary, clip, unary } from './graph/arithmetic.ts';
import { type Activation, convolveBlocked, POINT } from './graph/convolution.ts';
import { expand, reshape } from './graph/shaping.ts';
import type { Value } from './graph/value.ts';
import { asImage, form, heldShape, plain } from './layout.ts';
import type { Trace } from './trace.ts';
import { type AbsorbingConvolution, type Combination, ownLayout, type Term, type Traced } from './traced.ts';

/** A batch norm's gradient has two terms, a shortcut's is one more. */
const MOST_TERMS = 3;

/** The convolution that a tensor is, as long as nobody asked for its numbers. */
const uncomputed = (x: Traced): AbsorbingConvolution | null => (x.forms.blocked === undefined ? (x.convolution ?? null) : null);

/** Whether what is done to x next can become part of computing it. */
export const isUnevaluated = (x: Traced): boolean =>
  uncomputed(x) !== null || (x.combination !== undefined && x.forms[x.combination.layout] === undefined);

/** A convolution with a shortcut: mostly the next shortcut too, and then taken apart into what follows, it would be computed for each of them. */
const isBlockEnd = ({ terms }: Combination): boolean => terms.length > 1 && terms.some(({ base }) => uncomputed(base) !== null);

/** x as a combination, if it is an activation: one whose numbers lie channels first. */
export const combinationOf = (x: Traced): Combination | null => {
  if (x.dtype !== 'float32' || x.uniform !== undefined || x.core !== undefined) return null;
  const { combination } = x;
  if (combination !== undefined && x.forms[combination.layout] === undefined && !isBlockEnd(combination)) return combination;
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

export const scaled = (trace: Trace, { layout, terms, offset }: Combination, factor: Value): Combination => ({
  layout,
  terms: terms.map(({ base, scale }) => ({ base, scale: times(trace, scale, factor) })),
  offset: offset === null ? null : binary(trace.graph, 'Mul', offset, factor),
});

export const shifted = (trace: Trace, combination: Combination, by: Value): Combination => ({
  ...combination,
  offset: plus(trace, combination.offset, by),
});

/** a + b, while that has few terms in one layout. */
export const summed = (trace: Trace, a: Combination, b: Combination): Combination | null => {
  const terms = [...a.terms, ...b.terms];
  if (a.layout !== b.layout || terms.length > MOST_TERMS) return null;
  return { layout: a.layout, terms, offset: plus(trace, a.offset, b.offset) };
};

/**
 * A per-channel affine map, a sum and a rectifier in one pass: in that of the convolution which the tensor is, or in one with a 1 × 1 filter
 * per channel.
 */
export const blockedPass = (
  trace: Trace,
  base: Traced,
  shape: readonly number[],
  scale: Value | null,
  extras: { readonly offset?: Value | null; readonly sum?: Value | null; readonly activation?: Activation | null },
): Value => {
  const { graph } = trace;
  const channels = shape.at(-1) as number;
  const vector = (value: Value) => expand(graph, value.shape.length === 0 ? reshape(graph, value, [1]) : value, [channels]);
  const { offset = null, sum = null, activation = null } = extras;
  const bias = offset === null ? null : vector(offset);
  const convolution = uncomputed(base);
  if (convolution !== null) return convolution(scale, { bias, sum, activation });
  const filter = reshape(graph, vector(scale ?? graph.scalar(1)), [channels, 1, 1, 1]);
  const result = convolveBlocked(graph, asImage(trace, form(trace, base, 'blocked'), shape), filter, POINT, channels, {
    bias,
    sum: sum === null ? null : asImage(trace, sum, shape),
    activation,
  });
  return reshape(graph, result, heldShape(shape, 'blocked'));
};

const blockedSum = (trace: Trace, { terms, offset }: Combination, shape: readonly number[], activation: Activation | null): Value => {
  const isWhole = ({ base, scale }: Term) => scale === null && uncomputed(base) === null;
  const whole = terms.filter(isWhole);
  const passes = terms.filter((term) => !isWhole(term));
  // What follows the sum is done in the last pass over a tensor; where none is needed but for that, over a whole one.
  if (passes.length === 0 && (offset !== null || activation !== null)) passes.push(whole.pop() as Term);
  const start = whole.map(({ base }) => form(trace, base, 'blocked')).reduce<Value | null>((sum, x) => plus(trace, sum, x), null);
  return passes.reduce<Value | null>((sum, { base, scale }, place) => {
    const extras = place === passes.length - 1 ? { sum, offset, activation } : { sum };
    return blockedPass(trace, base, shape, scale, extras);
  }, start) as Value;
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

/** A blocked convolution of that TensorFlow.js shape, not computed until it is known what it can take up. `convolve` gives and takes images. */
export const tracedConvolution = (trace: Trace, shape: readonly number[], convolve: AbsorbingConvolution): Traced => {
  const convolution: AbsorbingConvolution = (scale, { sum = null, ...extras }) => {
    const image = convolve(scale, { ...extras, sum: sum === null ? null : asImage(trace, sum, shape) });
    return reshape(trace.graph, image, heldShape(shape, 'blocked'));
  };
  return { shape, dtype: 'float32', forms: {}, convolution, pending: { layout: 'blocked', compute: () => convolution(null, {}) } };
};
