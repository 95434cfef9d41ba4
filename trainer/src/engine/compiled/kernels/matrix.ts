import type { BatchMatMulAttrs } from '@tensorflow/tfjs';
import { matMul } from '../graph/contraction.ts';
import { nhwc } from '../layout.ts';
import { tracedNhwc } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

const batchMatMul: Kernel = (call) => {
  const { transposeA, transposeB } = attributesAs<BatchMatMulAttrs>(call);
  const [a, b] = [nhwc(call.trace, call.input('a')), nhwc(call.trace, call.input('b'))];
  return tracedNhwc(matMul(call.trace.graph, a, b, { transposeA, transposeB }));
};

export const matrixKernels: KernelTable = { BatchMatMul: batchMatMul };
