import type * as TensorFlow from '@tensorflow/tfjs';

type Pooling = Pick<
  TensorFlow.backend_util.Conv2DInfo,
  'inHeight' | 'inWidth' | 'outHeight' | 'outWidth' | 'filterHeight' | 'filterWidth' | 'strideHeight' | 'strideWidth' | 'padInfo'
>;

/** How many of the `extent` pixels along an axis each of the `count` windows covers. */
const coveredAlong = (extent: number, count: number, size: number, stride: number, before: number): number[] =>
  Array.from({ length: count }, (_, index) => {
    const start = index * stride - before;
    return Math.max(0, Math.min(start + size, extent) - Math.max(start, 0));
  });

/** The number of the picture's own pixels, without padding, in each window: [outHeight · outWidth], row by row; at least 1. */
export const pixelsInWindows = (own: Pooling): number[] => {
  const rows = coveredAlong(own.inHeight, own.outHeight, own.filterHeight, own.strideHeight, own.padInfo.top);
  const columns = coveredAlong(own.inWidth, own.outWidth, own.filterWidth, own.strideWidth, own.padInfo.left);
  return rows.flatMap((height) => columns.map((width) => Math.max(1, height * width)));
};

type CpuBackend = TensorFlow.KernelBackend & {
  readonly data: TensorFlow.DataStorage<{ readonly values: Float32Array }>;
  makeTensorInfo(shape: number[], dtype: 'float32', values: Float32Array): TensorFlow.TensorInfo;
};

/**
 * Rights the gradient of average pooling with padding on TensorFlow.js's CPU backend. Its forward pass divides by the pixels that lie in the
 * picture, as TensorFlow's does, but its gradient by the whole window: at a border it is too small, at a corner of a 3 × 3 window 4/9 of what it
 * has to be. Each window's gradient is scaled by the quotient of the two before the backend's own kernel distributes it.
 */
export const rightAveragePoolGradient = (tf: typeof TensorFlow): void => {
  const kernel = tf.getKernel('AvgPoolGrad', 'cpu');
  if (kernel === undefined) throw new Error('TensorFlow.js has no CPU kernel AvgPoolGrad whose gradient could be put right');
  const kernelFunc: TensorFlow.KernelFunc = (call) => {
    const { dy, input } = call.inputs as Record<'dy' | 'input', TensorFlow.TensorInfo>;
    const { filterSize, strides, pad } = call.attrs as unknown as TensorFlow.AvgPoolGradAttrs;
    const image = input.shape as [number, number, number, number];
    const pooling = tf.backend_util.computePool2DInfo(image, filterSize, strides, 1, pad);
    const [size, pixels] = [pooling.filterHeight * pooling.filterWidth, pixelsInWindows(pooling)];
    if (pixels.every((own) => own === size)) return kernel.kernelFunc(call);
    const backend = call.backend as CpuBackend;
    // dy is [batch, outHeight, outWidth, channels].
    const scaled = backend.data
      .get(dy.dataId)
      .values.map((value, index) => (value * size) / (pixels[Math.floor(index / pooling.inChannels) % pixels.length] as number));
    const weighted = backend.makeTensorInfo(dy.shape, 'float32', scaled);
    try {
      return kernel.kernelFunc({ ...call, inputs: { ...call.inputs, dy: weighted } });
    } finally {
      backend.disposeData(weighted.dataId);
    }
  };
  tf.unregisterKernel('AvgPoolGrad', 'cpu');
  tf.registerKernel({ ...kernel, kernelFunc });
};
