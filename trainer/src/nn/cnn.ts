import { type Layer, observed, sequence } from './layer.ts';
import { batchNorm, classifier, convolution, globalAverage, relu } from './layers.ts';
import { assemble, type Network } from './network.ts';

const block = (name: string, input: readonly number[], filters: number, stride: 1 | 2): Layer => {
  const convolved = convolution(`${name}.convolution`, input, filters, 3, stride);
  return observed(name, sequence([convolved, batchNorm(`${name}.norm`, convolved.outputShape), relu(convolved.outputShape)]));
};

/**
 * The small network: three 3 × 3 convolutions of W, 2W and 4W filters, each with batch norm and ReLU, the second and third halving
 * the picture by their stride; mean over the picture; dropout; classifier. The middle cut follows the second convolution.
 */
export const cnn = (model: string, width: number, inputShape: readonly number[], classes: number, dropped: number): Network => {
  const first = block('block.0', inputShape, width, 1);
  const second = block('block.1', first.outputShape, 2 * width, 2);
  const third = block('block.2', second.outputShape, 4 * width, 2);
  return assemble(model, inputShape, classes, {
    lower: sequence([first, second]),
    upper: sequence([third, globalAverage(third.outputShape)]),
    classifier: classifier(4 * width, classes, dropped),
  });
};
