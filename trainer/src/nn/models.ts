import { type ModelName, parseModelName } from '@studyhall/contract/spec/model-name.ts';
import { whyUnreadable } from '@studyhall/contract/spec/readable-views.ts';
import { cnn } from './cnn.ts';
import { mlp } from './mlp.ts';
import { mobilenet } from './mobilenet.ts';
import type { Network } from './network.ts';
import { resnet } from './resnet.ts';
import { temporal } from './temporal.ts';
import { wideResnet } from './wide-resnet.ts';

/** A model name that means nothing, or a model that cannot read a view of that shape. */
export class ModelError extends Error {
  override name = 'ModelError';
}

/** Makes a network for a view. `dropped`: part of the features that dropout drops in training. */
export type Build = (inputShape: readonly number[], classes: number, dropped?: number) => Network;

/**
 * The architecture of that name.
 *
 * @throws ModelError for an unknown name; the builder throws it for a view the architecture cannot read.
 */
export const parseModel = (model: string): Build => {
  const parsed = parseModelName(model);
  if (typeof parsed === 'string') throw new ModelError(parsed);
  return (inputShape, classes, dropped = 0) => {
    const unreadable = whyUnreadable(model, parsed.family, inputShape, 'this view');
    if (unreadable !== undefined) throw new ModelError(unreadable);
    return build(model, parsed, inputShape, classes, dropped);
  };
};

const build = (model: string, name: ModelName, inputShape: readonly number[], classes: number, dropped: number): Network => {
  switch (name.family) {
    case 'mlp':
      return mlp(model, name.widths, inputShape, classes, dropped);
    case 'cnn':
      return cnn(model, name.width, inputShape, classes, dropped);
    case 'resnet':
      return resnet(model, (name.depth - 2) / 6, name.width, inputShape, classes, dropped);
    case 'wrn':
      return wideResnet(model, (name.depth - 4) / 6, name.width, inputShape, classes, dropped);
    case 'mobilenet':
      return mobilenet(model, name.alpha, inputShape, classes, dropped);
    case 'tcn':
      return temporal(model, name.width, inputShape, classes, dropped);
  }
};
