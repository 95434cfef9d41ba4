import type { Signature, StepFunction, TensorSpec } from '../engine.ts';
import { checkResult, specOf } from '../signature.ts';
import type { tf } from '../tf.ts';
import './kernels/register.ts';
import { donatable } from './graph/buffer-donation.ts';
import type { NamedValue, StateView } from './graph/graph.ts';
import { withHalfProducts } from './graph/half-products.ts';
import { liveInputs } from './graph/live.ts';
import { peakMemory } from './graph/peak-memory.ts';
import { pieces } from './graph/pieces.ts';
import { serialize } from './graph/serialize.ts';
import { scannedState, serializeScan } from './graph/serialize-scan.ts';
import type { Value } from './graph/value.ts';
import { nhwc } from './layout.ts';
import { asTensor, recorder, recording } from './recorder.ts';
import { SEQUENCE } from './run-zero-copy.ts';
import { type Target, Trace } from './trace.ts';
import { tracedNhwc } from './traced.ts';

/** A step function as an ONNX model. Its inputs are `input.X`, its outputs `output.X`, besides the views of the state that it reads and writes. */
export type TracedStep = {
  readonly model: Uint8Array;
  /** The model takes several steps in one call: inputs and outputs have a first axis, as long as there are steps. */
  readonly several: boolean;
  readonly reads: readonly StateView[];
  readonly writes: readonly StateView[];
  /** Entries of the state that the step replaces. */
  readonly replaced: readonly string[];
  /** Those of them that donate their buffer: the new numbers are written over the old ones. */
  readonly donated: readonly string[];
  readonly outputs: Readonly<Record<string, TensorSpec>>;
  /** Bytes that a call takes at the least. */
  readonly peakMemory: number;
};

type Specs = Readonly<Record<string, TensorSpec>>;

const tensors = (specs: Specs, value: (name: string, spec: TensorSpec) => Value) =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, asTensor(tracedNhwc(value(name, spec)))]));

const stateViews = (values: readonly NamedValue[]): StateView[] =>
  values.flatMap(({ name, value, origin }) => (origin === undefined ? [] : [{ ...origin, name, shape: value.shape }]));

/**
 * Runs a step function once without numbers and writes down what it computes. Equal signatures and functions give equal bytes.
 *
 * @throws TraceError for what a graph cannot express: reading a tensor, a kernel that is missing, a tensor from outside.
 */
export const traceStep = (program: string, signature: Signature, step: StepFunction, target: Target): TracedStep => {
  const trace = new Trace(target);
  const views = target.views === true;
  const outputs: Record<string, TensorSpec> = {};
  const replaced: string[] = [];
  recording(trace, () => {
    const { graph } = trace;
    const result = step(
      tensors(signature.state, (entry, { shape, dtype }) =>
        views ? graph.view(entry, 0, shape, dtype) : graph.input(`state.${entry}`, shape, dtype, { entry, begin: 0 }),
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
  const graph = target.halves === 'products' ? withHalfProducts(trace.graph) : trace.graph;
  const several = target.several === true && !views && replaced.length > 0;
  const model = several ? serializeScan(graph) : serialize(graph, views ? SEQUENCE : undefined);
  const donated = views ? donatable(graph, replaced) : [];
  return {
    model,
    several,
    reads: stateViews(several ? scannedState(graph) : liveInputs(graph)),
    writes: stateViews(graph.outputs),
    replaced,
    donated,
    outputs,
    peakMemory: peakMemory(graph),
  };
};
