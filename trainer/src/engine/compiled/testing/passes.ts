import type { tf } from '../../tf.ts';
import '../kernels/register.ts';
import { liveNodes } from '../graph/live.ts';
import { nhwc } from '../layout.ts';
import { asTensor, recorder, recording } from '../recorder.ts';
import { Trace } from '../trace.ts';
import { tracedNhwc } from '../traced.ts';

type Operation = (operands: Readonly<Record<string, tf.Tensor>>) => tf.Tensor;

/** Channels per block of the CPU that passes are counted for. */
export const CHANNELS = 16;

/** Nodes that go over whole batches of activations. */
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
  return liveNodes(graph).flatMap(({ op, outputs }) => (isPass(op) && isWhole(outputs[0]?.shape) ? [op] : []));
};
