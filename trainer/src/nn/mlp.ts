import { dropout } from './dropout.ts';
import { observed, sequence } from './layer.ts';
import { classifier, dense, flatten, relu } from './layers.ts';
import { assemble, type Network } from './network.ts';

/**
 * Fully connected layers of the given widths with ReLU, then the classifier; dropout after every ReLU, before the layer that reads
 * it. The middle cut follows half the hidden layers.
 */
export const mlp = (model: string, widths: readonly number[], inputShape: readonly number[], classes: number, dropped: number): Network => {
  const flat = flatten(inputShape);
  const hidden = widths.map((width, index) => {
    const inputs = index === 0 ? (flat.outputShape[0] as number) : (widths[index - 1] as number);
    const before = index === 0 ? [] : dropout(`hidden.${index}`, [inputs], dropped);
    return observed(`hidden.${index}`, sequence([...before, dense(`hidden.${index}`, inputs, width, 2), relu([width])]));
  });
  const cut = Math.ceil(hidden.length / 2);
  const lower = sequence([flat, ...hidden.slice(0, cut)]);
  const rest = hidden.slice(cut);
  const upper = rest.length > 0 ? sequence(rest) : relu(lower.outputShape);
  return assemble(model, inputShape, classes, { lower, upper, classifier: classifier(widths.at(-1) as number, classes, dropped) });
};
