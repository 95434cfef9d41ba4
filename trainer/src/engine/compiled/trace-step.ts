import type { Signature, StepFunction, TensorSpec } from '../engine.ts';
import { checkResult, specOf } from '../signature.ts';
import './kernels/register.ts';
import { serialize } from './graph/serialize.ts';
import { plain } from './layout.ts';
import { asTensor, recorder, recording } from './recorder.ts';
import { type Target, Trace } from './trace.ts';
import { tracedPlain } from './traced.ts';

/** A step function as an ONNX model. Its inputs are `state.X` and `input.X`, its outputs `next.X` and `output.X`. */
export type TracedStep = {
  readonly model: Uint8Array;
  /** Entries of the state that the step replaces. */
  readonly replaced: readonly string[];
  readonly outputs: Readonly<Record<string, TensorSpec>>;
};

const entry = (trace: Trace, name: string, { shape, dtype }: TensorSpec) => asTensor(tracedPlain(trace.graph.input(name, shape, dtype)));

const entries = (trace: Trace, prefix: string, specs: Readonly<Record<string, TensorSpec>>) =>
  Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, entry(trace, `${prefix}.${name}`, spec)]));

/**
 * Runs a step function once without numbers and writes down what it computes. Equal signatures and functions give equal bytes.
 *
 * @throws TraceError for what a graph cannot express: reading a tensor, a kernel that is missing, a tensor from outside.
 */
export const traceStep = (program: string, signature: Signature, step: StepFunction, target: Target): TracedStep => {
  const trace = new Trace(target);
  const outputs: Record<string, TensorSpec> = {};
  const replaced: string[] = [];
  recording(trace, () => {
    const result = step(entries(trace, 'state', signature.state), entries(trace, 'input', signature.inputs));
    checkResult(program, signature, result);
    for (const [name, tensor] of Object.entries(result.state)) {
      trace.graph.output(`next.${name}`, plain(trace, recorder.traced(tensor)));
      replaced.push(name);
    }
    for (const [name, tensor] of Object.entries(result.outputs)) {
      trace.graph.output(`output.${name}`, plain(trace, recorder.traced(tensor)));
      outputs[name] = specOf(tensor);
    }
    return null;
  });
  return { model: serialize(trace.graph), replaced, outputs };
};
