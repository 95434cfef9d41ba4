import { tf } from '../engine/tf.ts';
import { type Layer, product, sequence } from './layer.ts';
import { batchNorm, classifier, relu } from './layers.ts';
import { assemble, type Network } from './network.ts';

const KERNEL = 5;

/** Convolution along time without bias, zero-padded to keep the length divided by the stride: [batch, time, channels]. */
const temporalConvolution = (name: string, input: readonly number[], filters: number, kernel: number, stride: 1 | 2): Layer => {
  const [time, channels] = input as [number, number];
  const outputShape = [Math.ceil(time / stride), filters] as const;
  return {
    parameters: [{ name: `${name}.weight`, shape: [kernel, channels, filters], initial: { normal: Math.sqrt(2 / (kernel * channels)) } }],
    statistics: [],
    multiplyAdds: outputShape[0] * filters * kernel * channels,
    outputShape,
    apply: (pass, x) =>
      product<tf.Tensor3D, tf.Tensor3D>(pass, x, `${name}.weight`, (own, weights) => tf.conv1d(own, weights, stride, 'same')),
  };
};

/** Mean over time: [batch, time, channels] to [batch, channels]. */
const overTime = (input: readonly number[]): Layer => ({
  parameters: [],
  statistics: [],
  multiplyAdds: 0,
  outputShape: [input.at(-1) as number],
  apply: (_pass, x) => tf.mean(x, 1),
});

const normalised = (name: string, layer: Layer): Layer => sequence([layer, batchNorm(name, layer.outputShape)]);

/** Two convolutions along time and a shortcut, which is a convolution of length 1 where the shape changes. */
const block = (name: string, input: readonly number[], filters: number, stride: 1 | 2): Layer => {
  const first = normalised(`${name}.norm.0`, temporalConvolution(`${name}.convolution.0`, input, filters, KERNEL, stride));
  const second = normalised(`${name}.norm.1`, temporalConvolution(`${name}.convolution.1`, first.outputShape, filters, KERNEL, 1));
  const residual = sequence([first, relu(first.outputShape), second]);
  const same = stride === 1 && input.at(-1) === filters;
  const shortcut = same ? null : normalised(`${name}.shortcut.norm`, temporalConvolution(`${name}.shortcut`, input, filters, 1, stride));
  return {
    ...sequence(shortcut === null ? [residual] : [residual, shortcut]),
    outputShape: second.outputShape,
    apply: (pass, x) => tf.relu(tf.add(residual.apply(pass, x), shortcut === null ? x : shortcut.apply(pass, x))),
  };
};

/**
 * A network for sequences [time, channels], such as joints' positions or inertial sensors: residual blocks of convolutions along time with W,
 * 2W and 4W filters, the second and third halving the length, mean over time, classifier (after Bai et al. 2018, with strides where they
 * dilate). The middle cut follows the second block.
 */
export const temporal = (model: string, width: number, inputShape: readonly number[], classes: number, dropped: number): Network => {
  const first = block('block.0', inputShape, width, 1);
  const second = block('block.1', first.outputShape, 2 * width, 2);
  const third = block('block.2', second.outputShape, 4 * width, 2);
  return assemble(model, inputShape, classes, {
    lower: sequence([first, second]),
    upper: sequence([third, overTime(third.outputShape)]),
    classifier: classifier(4 * width, classes, dropped),
  });
};
