import { tf } from '../engine/tf.ts';
import { dropout } from './dropout.ts';
import { type Layer, observed, sequence } from './layer.ts';
import { batchNorm, convolution, dense, globalAverage, relu } from './layers.ts';
import { assemble, type Network } from './network.ts';

/**
 * Two 3 × 3 convolutions, each after its batch norm and ReLU, with dropout between them. Where the channels change, the shortcut is a
 * 1 × 1 convolution of the first ReLU's output, else the input itself.
 */
const block = (name: string, input: readonly number[], filters: number, stride: 1 | 2, dropped: number): Layer => {
  const entry = sequence([batchNorm(`${name}.norm.0`, input), relu(input)]);
  const first = convolution(`${name}.convolution.0`, input, filters, 3, stride);
  const norm = batchNorm(`${name}.norm.1`, first.outputShape);
  const second = convolution(`${name}.convolution.1`, first.outputShape, filters, 3, 1);
  const residual = sequence([
    first,
    norm,
    observed(`${name}.inner`, relu(first.outputShape)),
    ...dropout(`${name}.dropout`, first.outputShape, dropped),
    second,
  ]);
  const shortcut = input.at(-1) === filters ? null : convolution(`${name}.shortcut`, input, filters, 1, stride);
  const layers = shortcut === null ? [entry, residual] : [entry, residual, shortcut];
  return observed(name, {
    ...sequence(layers),
    outputShape: second.outputShape,
    apply: (pass, x) => {
      const entered = entry.apply(pass, x);
      return tf.add(residual.apply(pass, entered), shortcut === null ? x : shortcut.apply(pass, entered));
    },
  });
};

/**
 * The wide residual network (Zagoruyko & Komodakis 2016): a 3 × 3 convolution with 16 filters, three stages of n pre-activated blocks with
 * 16, 32 and 64 filters times `factor`, batch norm and ReLU, mean over the picture, classifier; depth 6n + 4. The
 * middle cut follows the second stage.
 */
export const wideResnet = (
  model: string,
  blocksPerStage: number,
  factor: number,
  inputShape: readonly number[],
  classes: number,
  dropped: number,
): Network => {
  const stem = convolution('stem.convolution', inputShape, 16, 3, 1);
  let shape = stem.outputShape;
  const stages = [16, 32, 64].map((filters, stage) => {
    const blocks = Array.from({ length: blocksPerStage }, (_, index) => {
      const next = block(`stage.${stage}.block.${index}`, shape, filters * factor, stage > 0 && index === 0 ? 2 : 1, dropped);
      shape = next.outputShape;
      return next;
    });
    return sequence(blocks);
  });
  const [first, second, third] = stages as [Layer, Layer, Layer];
  return assemble(model, inputShape, classes, {
    lower: sequence([stem, first, second]),
    upper: sequence([third, batchNorm('head.norm', shape), relu(shape), globalAverage(shape)]),
    classifier: dense('classifier', 64 * factor, classes, 1),
  });
};
