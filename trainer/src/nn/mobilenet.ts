import { tf } from '../engine/tf.ts';
import { type Layer, product, sequence } from './layer.ts';
import { batchNorm, classifier, convolution, globalAverage, relu } from './layers.ts';
import { assemble, type Network } from './network.ts';

/** 3 × 3 convolution of each channel with a filter of its own, zero-padded to keep the extent divided by the stride. */
const depthwise = (name: string, input: readonly number[], stride: 1 | 2): Layer => {
  const [height, width, channels] = input as [number, number, number];
  const outputShape = [Math.ceil(height / stride), Math.ceil(width / stride), channels] as const;
  return {
    parameters: [{ name: `${name}.weight`, shape: [3, 3, channels, 1], initial: { normal: Math.sqrt(2 / 9) } }],
    statistics: [],
    multiplyAdds: outputShape[0] * outputShape[1] * channels * 9,
    outputShape,
    apply: (pass, x) =>
      product<tf.Tensor4D, tf.Tensor4D>(pass, x, `${name}.weight`, (own, weights) => tf.depthwiseConv2d(own, weights, stride, 'same')),
  };
};

const normalised = (name: string, layer: Layer): Layer => sequence([layer, batchNorm(name, layer.outputShape), relu(layer.outputShape)]);

/** Depthwise, then 1 × 1 convolution, each with batch norm and ReLU. */
const separable = (name: string, input: readonly number[], filters: number, stride: 1 | 2): Layer => {
  const first = normalised(`${name}.norm.0`, depthwise(`${name}.depthwise`, input, stride));
  return sequence([first, normalised(`${name}.norm.1`, convolution(`${name}.pointwise`, first.outputShape, filters, 1, 1))]);
};

/** Filters at full width and stride of the 13 separable convolutions. */
const BODY: readonly (readonly [filters: number, stride: 1 | 2])[] = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
];

/** α times the filters, to the nearest multiple of 8, at least 8. */
const scaled = (filters: number, alpha: number): number => Math.max(8, 8 * Math.round((filters * alpha) / 8));

/**
 * MobileNet (Howard et al. 2017) for small pictures: the first convolution and the first separable one keep the extent, so that of 32 × 32
 * pixels 2 × 2 are left. 3.3 million parameters at α = 1 with 100 classes. The middle cut follows the last convolution with 256 filters.
 */
export const mobilenet = (model: string, alpha: number, inputShape: readonly number[], classes: number, dropped: number): Network => {
  const stem = normalised('stem.norm', convolution('stem.convolution', inputShape, scaled(32, alpha), 3, 1));
  let shape = stem.outputShape;
  const layers = BODY.map(([filters, stride], index) => {
    const next = separable(`body.${index}`, shape, scaled(filters, alpha), stride);
    shape = next.outputShape;
    return next;
  });
  return assemble(model, inputShape, classes, {
    lower: sequence([stem, ...layers.slice(0, 5)]),
    upper: sequence([...layers.slice(5), globalAverage(shape)]),
    classifier: classifier(scaled(1024, alpha), classes, dropped),
  });
};
