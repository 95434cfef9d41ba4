import { describe, expect, it } from 'vitest';
import { tf } from '../tf.ts';
import './kernels/register.ts';
import { liveNodes } from './graph/serialize.ts';
import { plain } from './layout.ts';
import { asTensor, recorder, recording } from './recorder.ts';
import { expectParity, rounding, useEngines } from './testing/parity.ts';
import { Trace } from './trace.ts';
import { tracedPlain } from './traced.ts';

type Operands = { x: tf.Tensor4D; filter: tf.Tensor4D; each: tf.Tensor4D; scale: tf.Tensor; shift: tf.Tensor };

const CHANNELS = 16;
const shapes = (channels: number) => ({
  x: [2, 5, 5, channels],
  filter: [3, 3, channels, channels],
  each: [3, 3, channels, 1],
  scale: [channels],
  shift: [channels],
});

const convolve = ({ x, filter }: Operands) => tf.conv2d(x, filter, 1, 'same');
const depthwise = ({ x, each }: Operands) => tf.depthwiseConv2d(x, each, 1, 'same');
const normalised = (y: tf.Tensor, { scale, shift }: Operands) => tf.add(tf.mul(y, scale), shift);
const gradient = (f: (own: Operands) => tf.Tensor, own: Operands) => tf.grad((x: tf.Tensor) => f({ ...own, x: x as tf.Tensor4D }))(own.x);

/** What is computed, and in how many passes over whole activations. */
const CASES: readonly (readonly [string, (own: Operands) => tf.Tensor, number])[] = [
  ['a scale, a shift and a rectifier', (own) => tf.relu(normalised(convolve(own), own)), 1],
  ['a rectifier alone', (own) => tf.relu6(convolve(own)), 1],
  ['a shortcut', (own) => tf.add(convolve(own), own.x), 1],
  ['a shortcut after a scale, with what follows both', (own) => tf.relu(tf.add(normalised(convolve(own), own), own.x)), 1],
  ['a scale and a shift, depthwise', (own) => tf.relu6(normalised(depthwise(own), own)), 1],
  ['another convolution', (own) => tf.add(tf.mul(convolve(own), own.scale), depthwise(own)), 2],
  ['two tensors, one of them scaled', (own) => tf.add(tf.add(convolve(own), tf.mul(own.x, own.scale)), tf.relu(own.x)), 3],
  ['in the gradient, a shortcut’s gradient', (own) => gradient((at) => tf.add(convolve(at), at.x), own), 1],
  ['in the gradient, a scale', (own) => tf.mul(gradient(depthwise, own), own.scale), 1],
  [
    'nothing twice: what was computed already is taken',
    (own) => {
      const y = convolve(own);
      return tf.mul(tf.mean(y), tf.relu(tf.add(y, own.shift)));
    },
    3,
  ],
];

/** Nodes with results as large as x. */
const passes = (compute: (own: Operands) => tf.Tensor): string[] => {
  const trace = new Trace({ block: CHANNELS });
  const { graph } = trace;
  recording(trace, () => {
    const operands = Object.entries(shapes(CHANNELS)).map(([name, shape]) => [
      name,
      asTensor(tracedPlain(graph.input(name, shape, 'float32'))),
    ]);
    graph.output('y', plain(trace, recorder.traced(compute(Object.fromEntries(operands)))));
    return null;
  });
  const isPass = (op: string) => ['Conv', 'Add', 'Mul', 'Relu', 'Clip'].includes(op);
  return liveNodes(graph).flatMap(({ op, outputs }) => (isPass(op) && (outputs[0]?.shape[0] ?? 0) === 2 ? [op] : []));
};

describe('a convolution takes up', () => {
  const engines = useEngines();
  for (const [what, compute, count] of CASES) {
    it(`${what}`, () => expect(passes(compute)).toHaveLength(count));
    it.each([CHANNELS, 32, 5])(`${what}, as the reference computes it, %i channels`, (channels) =>
      expectParity(
        engines,
        Object.values(shapes(channels)).map((shape) => ({ shape })),
        ([x, filter, each, scale, shift]) => compute({ x, filter, each, scale, shift } as Operands),
        rounding(9 * channels, 4),
      ),
    );
  }
});
