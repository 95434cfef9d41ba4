import type { LeakyReluAttrs, StepAttrs } from '@tensorflow/tfjs';
import { channelAffineOf, isUnevaluated, materialise, nchwcPass } from '../channel-affine.ts';
import { binary, cast, clip, compare, select, unary } from '../graph/arithmetic.ts';
import type { Activation } from '../graph/convolution.ts';
import { float, type Value } from '../graph/value.ts';
import type { Trace } from '../trace.ts';
import { ownLayout, type Traced, tracedIn } from '../traced.ts';
import { elementwise } from './broadcast.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

/** Times this, every positive normal number becomes at least 1. */
const LARGE = 3e38;

const activate = (trace: Trace, x: Traced, activation: Activation): Traced => {
  // A ReLU ends a residual block: what it is applied to is fused with it as a whole, a convolution with its shortcut too.
  const affine = isUnevaluated(x) ? (x.channelAffine ?? channelAffineOf(x)) : null;
  if (affine !== null) return tracedIn(affine.layout, materialise(trace, affine, x.shape, activation), x.shape);
  return elementwise(trace, [x], ([value]) =>
    activation.op === 'Relu'
      ? unary(trace.graph, 'Relu', value as Value)
      : clip(trace.graph, value as Value, activation.low, activation.high),
  );
};

const relu: Kernel = ({ trace, input }) => {
  const x = input('x');
  x.relu ??= activate(trace, x, { op: 'Relu' });
  return x.relu;
};

/**
 * 1 where x > 0, else 0 (or alpha): ReLU's derivative. Where max(x, 0) is computed already its sign serves as well as that of x, which then need
 * not be computed at all.
 */
const step: Kernel = (call) => {
  const { trace } = call;
  const { alpha } = attributesAs<StepAttrs>(call);
  const given = call.input('x');
  const x = given.relu ?? given;
  if (alpha === 0 && x.uniform === undefined && x.broadcastOf === undefined && ownLayout(x) === 'NCHWc') {
    const activation = { op: 'Clip', low: 0, high: 1 } as const;
    return {
      ...tracedIn('NCHWc', nchwcPass(trace, x, x.shape, trace.number(LARGE), { activation }), x.shape),
      mask: true,
    };
  }
  return elementwise(trace, [x], ([value]) => {
    const positive = compare(trace.graph, 'Greater', value as Value, trace.number(0));
    return alpha === 0 ? cast(trace.graph, positive, 'float32') : select(trace.graph, positive, trace.number(1), trace.number(alpha));
  });
};

export const reluKernels: KernelTable = {
  Relu: relu,
  Relu6: ({ trace, input }) => activate(trace, input('x'), { op: 'Clip', low: 0, high: 6 }),
  Step: step,
  LeakyRelu: (call) =>
    elementwise(call.trace, [call.input('x')], ([x]) =>
      call.trace.graph.add('LeakyRelu', [x as Value], x as Value, { alpha: float(attributesAs<LeakyReluAttrs>(call).alpha) }),
    ),
  // ONNX's own broadcasts alpha to x, but not x to alpha.
  Prelu: ({ trace, input }) =>
    elementwise(trace, [input('x'), input('alpha')], ([x, alpha]) => {
      const { graph } = trace;
      const below = binary(graph, 'Mul', clip(graph, x as Value, null, 0), alpha as Value);
      return binary(graph, 'Add', unary(graph, 'Relu', x as Value), below);
    }),
};
