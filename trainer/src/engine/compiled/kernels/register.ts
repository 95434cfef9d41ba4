import { alive } from '../../../alive.ts';
import { tf } from '../../tf.ts';
import { currentOperation, RECORDER, recorder, TraceError } from '../recorder.ts';
import type { Traced } from '../traced.ts';
import { arithmeticKernels } from './arithmetic.ts';
import { comparisonKernels } from './comparison.ts';
import { convolutionKernels } from './convolution.ts';
import { creationKernels } from './creation.ts';
import { depthwiseKernels } from './depthwise.ts';
import { indexingKernels } from './indexing.ts';
import type { Kernel, KernelTable } from './kernel.ts';
import { matrixKernels } from './matrix.ts';
import { normalisationKernels } from './normalisation.ts';
import { paddingKernels } from './padding.ts';
import { poolingKernels } from './pooling.ts';
import { reductionKernels } from './reduction.ts';
import { reluKernels } from './relu.ts';
import { roundingKernels } from './rounding.ts';
import { shapeKernels } from './shape.ts';
import { unaryKernels } from './unary.ts';

/** Every TensorFlow.js kernel that can be compiled. */
export const KERNELS: KernelTable = {
  ...arithmeticKernels,
  ...comparisonKernels,
  ...convolutionKernels,
  ...creationKernels,
  ...depthwiseKernels,
  ...indexingKernels,
  ...matrixKernels,
  ...normalisationKernels,
  ...paddingKernels,
  ...poolingKernels,
  ...reluKernels,
  ...reductionKernels,
  ...roundingKernels,
  ...shapeKernels,
  ...unaryKernels,
};

const isList = (inputs: tf.NamedTensorInfoMap | tf.TensorInfo[]): inputs is tf.TensorInfo[] => Array.isArray(inputs);

const register = (kernelName: string, kernel: Kernel): void => {
  tf.registerKernel({
    kernelName,
    backendName: RECORDER,
    kernelFunc: ({ inputs, attrs }) => {
      alive();
      const named: tf.NamedTensorInfoMap | tf.TensorInfo[] = inputs;
      const traced = (name: string) => {
        // TensorFlow.js hands on what was left out as undefined.
        const info = (named as Readonly<Record<string, tf.TensorInfo | undefined>>)[name];
        return info === undefined ? null : recorder.traced(info);
      };
      const result = kernel({
        trace: recorder.active(),
        list: isList(named) ? named.map((info) => recorder.traced(info)) : [],
        input: (name) => traced(name) as Traced,
        optional: traced,
        attributes: attrs ?? {},
      });
      return Array.isArray(result)
        ? result.map((one) => recorder.hold(one))
        : recorder.hold(result as Exclude<typeof result, readonly unknown[]>);
    },
  });
};

const refuse = (kernelName: string): void => {
  tf.registerKernel({
    kernelName,
    backendName: RECORDER,
    kernelFunc: () => {
      throw new TraceError(
        `the compiled engine has no kernel ${kernelName}, which ${currentOperation()} asked for; write the step without it, or add the kernel`,
      );
    },
  });
};

for (const [name, kernel] of Object.entries(KERNELS)) register(name, kernel);
for (const { kernelName } of tf.getKernelsForBackend('cpu')) if (!(kernelName in KERNELS)) refuse(kernelName);
