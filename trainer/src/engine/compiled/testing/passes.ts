import type { tf } from '../../tf.ts';
import '../kernels/register.ts';
import { liveNodes } from '../graph/live.ts';
import type { Node } from '../graph/value.ts';
import { nhwc } from '../layout.ts';
import { asTensor, recorder, recording } from '../recorder.ts';
import { Trace } from '../trace.ts';
import { tracedNhwc } from '../traced.ts';

type Operation = (operands: Readonly<Record<string, tf.Tensor>>) => tf.Tensor;

/** Channels per block of the CPU that passes are counted for. */
export const CHANNELS = 16;

/** A 1 × 1 convolution of each channel alone, as which channels are scaled, shifted and summed. */
const isScale = ({ op, inputs, attributes }: Node): boolean =>
  op === 'Conv' && attributes.group?.value !== 1 && inputs[1]?.shape.at(-1) === 1;

/** Nodes that go over whole batches of activations: their operators, and `scale`. */
export const passes = (shapesOf: Readonly<Record<string, readonly number[]>>, batch: number, compute: Operation): string[] => {
  const trace = new Trace({ block: CHANNELS });
  const { graph } = trace;
  recording(trace, () => {
    const operands = Object.entries(shapesOf).map(([name, shape]) => [name, asTensor(tracedNhwc(graph.input(name, shape, 'float32')))]);
    graph.output('y', nhwc(trace, recorder.traced(compute(Object.fromEntries(operands)))));
    return null;
  });
  const isPass = (op: string) => ['Conv', 'Add', 'Mul', 'Relu', 'Clip'].includes(op);
  const isWhole = (shape: readonly number[] = []) => shape.length === 4 && shape[0] === batch;
  const whole = liveNodes(graph).filter(({ op, outputs }) => isPass(op) && isWhole(outputs[0]?.shape));
  return whole.map((node) => (isScale(node) ? 'scale' : node.op));
};
