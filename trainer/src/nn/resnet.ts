import { tf } from '../engine/tf.ts';
import { type Layer, observed, sequence } from './layer.ts';
import { batchNorm, classifier, convolution, globalAverage, relu } from './layers.ts';
import { assemble, type Network } from './network.ts';

/**
 * He et al. 2015, option A: where a stage halves the picture and doubles the channels, the shortcut takes every second pixel and adds
 * zero channels; it has no parameters. Written as a 1 × 1 convolution of stride 2 with a fixed identity filter, which every engine has.
 */
const shortcut = (input: readonly number[], filters: number, stride: 1 | 2): Layer | null => {
  const channels = input.at(-1) as number;
  if (stride === 1 && channels === filters) return null;
  const outputShape = [...input.slice(0, 2).map((extent) => Math.ceil(extent / stride)), filters];
  const identity = new Float32Array(channels * filters);
  for (let channel = 0; channel < Math.min(channels, filters); channel++) identity[channel * filters + channel] = 1;
  return {
    parameters: [],
    statistics: [],
    multiplyAdds: 0,
    outputShape,
    apply: (_pass, x) => tf.conv2d(x as tf.Tensor4D, tf.tensor4d(identity, [1, 1, channels, filters]), stride, 'same'),
  };
};

/** Two 3 × 3 convolutions with batch norm; ReLU after the shortcut is added. */
const block = (name: string, input: readonly number[], filters: number, stride: 1 | 2): Layer => {
  const first = convolution(`${name}.convolution.0`, input, filters, 3, stride);
  const middle = [batchNorm(`${name}.norm.0`, first.outputShape), observed(`${name}.inner`, relu(first.outputShape))];
  const second = convolution(`${name}.convolution.1`, first.outputShape, filters, 3, 1);
  const residual = sequence([first, ...middle, second, batchNorm(`${name}.norm.1`, second.outputShape)]);
  const skip = shortcut(input, filters, stride);
  return observed(name, {
    ...residual,
    apply: (pass, x) => tf.relu(tf.add(residual.apply(pass, x), skip === null ? x : skip.apply(pass, x))),
  });
};

/**
 * The ResNet for CIFAR (He et al. 2015, section 4.2): a 3 × 3 convolution, three stages of n blocks with 16, 32 and 64 filters times
 * `width`, mean over the picture, classifier; 6n + 2 layers with weights. The middle cut follows the second stage.
 */
export const resnet = (
  model: string,
  blocksPerStage: number,
  width: number,
  inputShape: readonly number[],
  classes: number,
  dropped: number,
): Network => {
  const stem = convolution('stem.convolution', inputShape, 16 * width, 3, 1);
  const layers: Layer[][] = [[stem, batchNorm('stem.norm', stem.outputShape), observed('stem', relu(stem.outputShape))]];
  let shape = stem.outputShape;
  for (const [stage, filters] of [16 * width, 32 * width, 64 * width].entries()) {
    const blocks: Layer[] = [];
    for (let index = 0; index < blocksPerStage; index++) {
      const next = block(`stage.${stage}.block.${index}`, shape, filters, stage > 0 && index === 0 ? 2 : 1);
      blocks.push(next);
      shape = next.outputShape;
    }
    layers.push(blocks);
  }
  const [stemLayers, stage1, stage2, stage3] = layers as [Layer[], Layer[], Layer[], Layer[]];
  return assemble(model, inputShape, classes, {
    lower: sequence([...stemLayers, ...stage1, ...stage2]),
    upper: sequence([...stage3, globalAverage(shape)]),
    classifier: classifier(64 * width, classes, dropped),
  });
};
