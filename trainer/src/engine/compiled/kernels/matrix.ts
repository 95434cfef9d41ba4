import type { BatchMatMulAttrs } from '@tensorflow/tfjs';
import { matMul } from '../graph/contraction.ts';
import { plain } from '../layout.ts';
import { tracedPlain } from '../traced.ts';
import { attributesAs, type Kernel, type KernelTable } from './kernel.ts';

const batchMatMul: Kernel = (call) => {
  const { transposeA, transposeB } = attributesAs<BatchMatMulAttrs>(call);
  const [a, b] = [plain(call.trace, call.input('a')), plain(call.trace, call.input('b'))];
  return tracedPlain(matMul(call.trace.graph, a, b, { transposeA, transposeB }));
};

export const matrixKernels: KernelTable = { BatchMatMul: batchMatMul };
