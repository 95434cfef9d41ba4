import type { FusedBatchNormAttrs, SoftmaxAttrs } from '@tensorflow/tfjs';
import { unary } from '../graph/arithmetic.ts';
import { int } from '../graph/value.ts';
import { nhwc } from '../layout.ts';
import { type Traced, tracedNhwc, tracedUniform } from '../traced.ts';
import { arithmetic } from './arithmetic.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

/** (x − mean) / √(variance + ε) · scale + offset with given statistics. */
const batchNorm: Kernel = (call) => {
  const { trace } = call;
  const { varianceEpsilon } = attributesAs<FusedBatchNormAttrs>(call);
  const optional = (name: string, otherwise: number): Traced => call.optional(name) ?? tracedUniform(otherwise, []);
  const epsilon = tracedUniform(varianceEpsilon, []);
  const variance = arithmetic(trace, 'Add', call.input('variance'), epsilon);
  const deviation = tracedNhwc(unary(trace.graph, 'Sqrt', nhwc(trace, variance)));
  const factor = arithmetic(trace, 'Div', optional('scale', 1), deviation);
  const centred = arithmetic(trace, 'Sub', call.input('x'), call.input('mean'));
  return arithmetic(trace, 'Add', arithmetic(trace, 'Mul', centred, factor), optional('offset', 0));
};

export const normalisationKernels: KernelTable = {
  Softmax: (call) => {
    const { dim } = attributesAs<SoftmaxAttrs>(call);
    const { shape } = call.input('logits');
    if (dim !== -1 && dim !== shape.length - 1)
      throw new Error(
        `softmax along axis ${dim} of [${shape.join(', ')}] is not supported by the compiled engine: transpose, so that it is the last axis`,
      );
    const x = nhwc(call.trace, call.input('logits'));
    return tracedNhwc(call.trace.graph.add('Softmax', [x], x, { axis: int(-1) }));
  },
  FusedBatchNorm: batchNorm,
};
