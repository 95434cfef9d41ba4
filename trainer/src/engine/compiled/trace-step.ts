import type { Signature, StepFunction, TensorSpec } from '../engine.ts';
import { checkResult, specOf } from '../signature.ts';
import type { tf } from '../tf.ts';
import './kernels/register.ts';
import { overwritable } from './graph/buffer-donation.ts';
import type { NamedValue, Origin } from './graph/graph.ts';
import { leastBytes } from './graph/peak-memory.ts';
import { pieces } from './graph/pieces.ts';
import { liveInputs, serialize } from './graph/serialize.ts';
import type { Value } from './graph/value.ts';
import { nhwc } from './layout.ts';
import { asTensor, recorder, recording } from './recorder.ts';
import { SEQUENCE } from './run-zero-copy.ts';
import { type Target, Trace } from './trace.ts';
import { tracedNhwc } from './traced.ts';

/** An input or output of the model that is a stretch of a state's entry, from its number `begin` on. */
export type Stretch = Origin & { readonly name: string; readonly shape: readonly number[] };

/** A step function as an ONNX model. Its inputs are `input.X`, its outputs `output.X`, besides the stretches of the state that it reads and writes. */
export type TracedStep = {
  readonly model: Uint8Array;
  readonly reads: readonly Stretch[];
  readonly writes: readonly Stretch[];
  /** Entries of the state that the step replaces. */
  readonly replaced: readonly string[];
  /** Those of them whose new numbers may be written over the old ones. */
  readonly overwritten: readonly string[];
  readonly outputs: Readonly<Record<string, TensorSpec>>;
  /** Memory that a call takes at the least. */
  readonly bytes: number;
};

type Specs = Readonly<Record<string, TensorSpec>>;

const tensors = (specs: Specs, value: (name: string, spec: TensorSpec) => Value) =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, asTensor(tracedNhwc(value(name, spec)))]));

const stretches = (values: readonly NamedValue[]): Stretch[] =>
  values.flatMap(({ name, value, origin }) => (origin === undefined ? [] : [{ ...origin, name, shape: value.shape }]));

/**
 * Runs a step function once without numbers and writes down what it computes. Equal signatures and functions give equal bytes.
 *
 * @throws TraceError for what a graph cannot express: reading a tensor, a kernel that is missing, a tensor from outside.
 */
export const traceStep = (program: string, signature: Signature, step: StepFunction, target: Target): TracedStep => {
  const trace = new Trace(target);
  const { graph } = trace;
  const views = target.views === true;
  const outputs: Record<string, TensorSpec> = {};
  const replaced: string[] = [];
  recording(trace, () => {
    const result = step(
      tensors(signature.state, (entry, { shape, dtype }) =>
        views ? graph.stretch(entry, 0, shape, dtype) : graph.input(`state.${entry}`, shape, dtype, { entry, begin: 0 }),
      ),
      tensors(signature.inputs, (name, { shape, dtype }) => graph.input(`input.${name}`, shape, dtype)),
    );
    checkResult(program, signature, result);
    const value = (tensor: tf.Tensor) => nhwc(trace, recorder.traced(tensor));
    const next = Object.entries(result.state).map(([entry, tensor]) => ({ entry, value: value(tensor) }));
    const computed = Object.entries(result.outputs).map(([name, tensor]) => ({ name, value: value(tensor), spec: specOf(tensor) }));
    const whole = next.map(({ value }) => [{ begin: 0, value }]);
    const others = computed.map(({ value }) => value);
    const cut = views ? pieces(graph, trace.block, next, others) : whole;
    next.forEach(({ entry }, index) => {
      for (const { begin, value } of cut[index] ?? []) graph.output(`next.${entry}.${begin}`, value, { entry, begin });
      replaced.push(entry);
    });
    for (const { name, value, spec } of computed) {
      graph.output(`output.${name}`, value);
      outputs[name] = spec;
    }
    return null;
  });
  const model = serialize(graph, views ? SEQUENCE : undefined);
  const overwritten = views ? overwritable(graph, replaced) : [];
  return {
    model,
    reads: stretches(liveInputs(graph)),
    writes: stretches(graph.outputs),
    replaced,
    overwritten,
    outputs,
    bytes: leastBytes(graph),
  };
};
