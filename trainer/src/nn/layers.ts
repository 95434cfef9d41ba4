import { tf } from '../engine/tf.ts';
import { normaliseBatch, normaliseWith, RUNNING_MOMENTUM } from './batch-norm.ts';
import { dropout } from './dropout.ts';
import { type Layer, product, sequence } from './layer.ts';

const nothingKept = { parameters: [], statistics: [], multiplyAdds: 0 } as const;

/** k × k convolution without bias, zero-padded to keep the extent (divided by the stride, rounded up); He et al. 2015 initialisation. */
export const convolution = (name: string, input: readonly number[], filters: number, kernel: number, stride: 1 | 2): Layer => {
  const [height, width, channels] = input as [number, number, number];
  const outputShape = [Math.ceil(height / stride), Math.ceil(width / stride), filters] as const;
  const fanIn = kernel * kernel * channels;
  return {
    parameters: [{ name: `${name}.weight`, shape: [kernel, kernel, channels, filters], initial: { normal: Math.sqrt(2 / fanIn) } }],
    statistics: [],
    multiplyAdds: outputShape[0] * outputShape[1] * filters * fanIn,
    outputShape,
    apply: (pass, x) =>
      product<tf.Tensor4D, tf.Tensor4D>(pass, x, `${name}.weight`, (own, weights) => tf.conv2d(own, weights, stride, 'same')),
  };
};

/**
 * Batch normalisation over batch, height and width (Ioffe & Szegedy 2015). The running variance is the unbiased one and follows with
 * momentum 0.1, as in PyTorch.
 */
export const batchNorm = (name: string, input: readonly number[]): Layer => {
  const shape = [input.at(-1) as number];
  return {
    parameters: [
      { name: `${name}.scale`, shape, initial: 'ones' },
      { name: `${name}.shift`, shape, initial: 'zeros' },
    ],
    statistics: [
      { name: `${name}.mean`, shape, initial: 'zeros' },
      { name: `${name}.variance`, shape, initial: 'ones' },
    ],
    multiplyAdds: 0,
    normalisedTogether: input.slice(0, -1).reduce((product, extent) => product * extent, 1),
    outputShape: input,
    apply: (pass, x) => {
      const scale = pass.parameter(`${name}.scale`);
      const shift = pass.parameter(`${name}.shift`);
      const runningMean = pass.statistic(`${name}.mean`);
      const runningVariance = pass.statistic(`${name}.variance`);
      if (pass.mode === 'evaluation') return normaliseWith(x, runningMean, runningVariance, scale, shift);
      const { value, mean, variance } = normaliseBatch(x, scale, shift);
      const follow = (running: tf.Tensor, batch: tf.Tensor) =>
        tf.add(tf.mul(running, 1 - RUNNING_MOMENTUM), tf.mul(batch, RUNNING_MOMENTUM));
      pass.updateStatistic(`${name}.mean`, follow(runningMean, mean));
      const samples = x.size / (shape[0] as number);
      pass.updateStatistic(`${name}.variance`, follow(runningVariance, tf.mul(variance, samples / Math.max(1, samples - 1))));
      return value;
    },
  };
};

export const relu = (input: readonly number[]): Layer => ({ ...nothingKept, outputShape: input, apply: (_pass, x) => tf.relu(x) });

/** Mean over height and width: [batch, height, width, channels] to [batch, channels]. */
export const globalAverage = (input: readonly number[]): Layer => ({
  ...nothingKept,
  outputShape: [input.at(-1) as number],
  apply: (_pass, x) => tf.mean(x, [1, 2]),
});

/** [batch, …] to [batch, product of the rest]. */
export const flatten = (input: readonly number[]): Layer => {
  const size = input.reduce((product, extent) => product * extent, 1);
  return { ...nothingKept, outputShape: [size], apply: (_pass, x) => tf.reshape(x, [x.shape[0] as number, size]) };
};

/** x·W + b. `gain` is the variance of the weights times the inputs: 2 before a ReLU (He et al. 2015), 1 before the softmax. */
export const dense = (name: string, inputs: number, outputs: number, gain: 1 | 2): Layer => ({
  parameters: [
    { name: `${name}.weight`, shape: [inputs, outputs], initial: { normal: Math.sqrt(gain / inputs) } },
    { name: `${name}.bias`, shape: [outputs], initial: 'zeros' },
  ],
  statistics: [],
  multiplyAdds: inputs * outputs,
  outputShape: [outputs],
  apply: (pass, x) => tf.add(product<tf.Tensor2D, tf.Tensor2D>(pass, x, `${name}.weight`, tf.matMul), pass.parameter(`${name}.bias`)),
});

/** The last layer, from features to logits, with dropout before it. */
export const classifier = (features: number, classes: number, dropped: number): Layer =>
  sequence([...dropout('classifier', [features], dropped), dense('classifier', features, classes, 1)]);
