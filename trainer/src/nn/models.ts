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

const DEFAULT_CNN_WIDTH = 16;
const MOST_LAYERS = 8;
/** Deeper ones take minutes to compile before their first step. */
const DEEPEST_RESNET = 218;

const known =
  '`mlp-W-W…` with up to 8 widths (mlp-1200-1200), `cnn` or `cnn-W`, `resnet-N` or `resnet-NxW` with N = 6n + 2 (8, 14, 20, 32, …), ' +
  '`wrn-N-W` with N = 6n + 4 (wrn-16-2, wrn-28-10), `mobilenet-A` with A from 0.25 to 2 (mobilenet-1, mobilenet-0.5), `tcn-W` for sequences';

/** A name is written in one way only: no leading zeros. */
const width = (text: string, most: number, model: string): number => {
  const value = /^[1-9]\d*$/.test(text) ? Number(text) : Number.NaN;
  if (!(value <= most)) throw new ModelError(`"${model}": a width there is a whole number from 1 to ${most}, not ${text || 'nothing'}.`);
  return value;
};

const picture = (model: string, inputShape: readonly number[]): readonly number[] => {
  if (inputShape.length === 3) return inputShape;
  throw new ModelError(`${model} reads pictures (height × width × channels); this view is ${inputShape.join(' × ')}. Use an mlp there.`);
};

const series = (model: string, inputShape: readonly number[]): readonly number[] => {
  if (inputShape.length === 2) return inputShape;
  throw new ModelError(`${model} reads sequences (time × channels); this view is ${inputShape.join(' × ')}. Use a cnn or an mlp there.`);
};

type Family = (model: string, sizes: string) => Build;

const FAMILIES: Readonly<Record<string, Family>> = {
  mlp: (model, sizes) => {
    const widths = sizes.split('-').map((text) => width(text, 8192, model));
    if (widths.length > MOST_LAYERS)
      throw new ModelError(`"${model}": an mlp has 1 to ${MOST_LAYERS} hidden layers, not ${widths.length}.`);
    return (inputShape, classes, dropped = 0) => mlp(model, widths, inputShape, classes, dropped);
  },
  cnn: (model, sizes) => {
    const filters = sizes === '' && model === 'cnn' ? DEFAULT_CNN_WIDTH : width(sizes, 512, model);
    return (inputShape, classes, dropped = 0) => cnn(model, filters, picture(model, inputShape), classes, dropped);
  },
  resnet: (model, sizes) => {
    const [depthText = '', factorText = '1', ...rest] = sizes.split('x');
    const factor = width(factorText, 16, model);
    const depth = /^[1-9]\d*$/.test(depthText) ? Number(depthText) : 0;
    if (depth < 8 || depth > DEEPEST_RESNET || (depth - 2) % 6 !== 0 || rest.length > 0) {
      throw new ModelError(
        `"${model}": a resnet's depth is 6n + 2 (8, 14, 20, 26, 32, … ${DEEPEST_RESNET}), then xW for W times the channels.`,
      );
    }
    return (inputShape, classes, dropped = 0) => resnet(model, (depth - 2) / 6, factor, picture(model, inputShape), classes, dropped);
  },
  wrn: (model, sizes) => {
    const [depthText = '', factorText = '', ...rest] = sizes.split('-');
    const factor = width(factorText, 20, model);
    const depth = /^[1-9]\d*$/.test(depthText) ? Number(depthText) : 0;
    if (depth < 10 || depth > 100 || (depth - 4) % 6 !== 0 || rest.length > 0) {
      throw new ModelError(`"${model}": a wide resnet is named wrn-N-W with depth N = 6n + 4 (10, 16, 22, 28, 34, 40 … 100) and width W.`);
    }
    return (inputShape, classes, dropped = 0) => wideResnet(model, (depth - 4) / 6, factor, picture(model, inputShape), classes, dropped);
  },
  mobilenet: (model, sizes) => {
    const alpha = /^(0\.\d*[1-9]|[12]|1\.\d*[1-9])$/.test(sizes) ? Number(sizes) : 0;
    if (alpha < 0.25 || alpha > 2)
      throw new ModelError(`"${model}": a mobilenet's width factor is 0.25 to 2, as in mobilenet-0.5 or mobilenet-1.`);
    return (inputShape, classes, dropped = 0) => mobilenet(model, alpha, picture(model, inputShape), classes, dropped);
  },
  tcn: (model, sizes) => {
    const filters = width(sizes, 512, model);
    return (inputShape, classes, dropped = 0) => temporal(model, filters, series(model, inputShape), classes, dropped);
  },
};

/** Every family that a model's name may begin with. */
export const MODEL_FAMILIES: readonly string[] = Object.keys(FAMILIES);

/**
 * The architecture of that name.
 *
 * @throws ModelError for an unknown name; the builder throws it for a view the architecture cannot read.
 */
export const parseModel = (model: string): Build => {
  const [family = ''] = model.split('-', 1);
  const parse = Object.hasOwn(FAMILIES, family) ? FAMILIES[family] : undefined;
  if (parse === undefined) throw new ModelError(`"${model}" is no model Studyhall knows; allowed: ${known}.`);
  return parse(model, model.slice(family.length + 1));
};
