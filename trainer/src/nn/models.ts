import { cnn } from './cnn.ts';
import { mlp } from './mlp.ts';
import type { Network } from './network.ts';
import { resnet } from './resnet.ts';

/** A model name that means nothing, or a model that cannot read a view of that shape. */
export class ModelError extends Error {
  override name = 'ModelError';
}

export type Build = (inputShape: readonly number[], classes: number) => Network;

const DEFAULT_CNN_WIDTH = 16;
const WIDEST = 8192;

const known = '`mlp-W-W…` (mlp-1200-1200), `cnn` or `cnn-W`, `resnet-N` or `resnet-NxW` with N = 6n + 2 (8, 14, 20, 32, …)';

const positive = (text: string, model: string): number => {
  const value = Number(text);
  if (value < 1 || value > WIDEST) throw new ModelError(`${model}: a width must be 1 to ${WIDEST}, not ${text}`);
  return value;
};

const needsPicture = (model: string, inputShape: readonly number[]): void => {
  if (inputShape.length !== 3) {
    throw new ModelError(
      `${model} reads pictures [height, width, channels]; this view has the shape [${inputShape.join(', ')}]. An mlp reads any.`,
    );
  }
};

/**
 * The architecture of that name.
 *
 * @throws ModelError for an unknown name; the builder throws it for a view the architecture cannot read.
 */
export const parseModel = (model: string): Build => {
  if (/^mlp(-\d+)+$/.test(model)) {
    const widths = model
      .split('-')
      .slice(1)
      .map((width) => positive(width, model));
    return (inputShape, classes) => mlp(model, widths, inputShape, classes);
  }
  const cnnWidth = /^cnn(?:-(\d+))?$/.exec(model);
  if (cnnWidth) {
    const width = cnnWidth[1] === undefined ? DEFAULT_CNN_WIDTH : positive(cnnWidth[1], model);
    return (inputShape, classes) => {
      needsPicture(model, inputShape);
      return cnn(model, width, inputShape, classes);
    };
  }
  const resnetSize = /^resnet-(\d+)(?:x(\d+))?$/.exec(model);
  if (resnetSize) {
    const depth = Number(resnetSize[1]);
    const width = positive(resnetSize[2] ?? '1', model);
    if (depth < 8 || depth > 1202 || (depth - 2) % 6 !== 0)
      throw new ModelError(`${model}: the depth must be 6n + 2 (8, 14, 20, 26, 32, … 1202)`);
    return (inputShape, classes) => {
      needsPicture(model, inputShape);
      return resnet(model, (depth - 2) / 6, width, inputShape, classes);
    };
  }
  throw new ModelError(`unknown model ${JSON.stringify(model)}; known are ${known}`);
};
