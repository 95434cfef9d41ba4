import { type ModelName, parseModelName } from './model-name.ts';
import type { FeatureLayer } from './run-spec.ts';

/**
 * Shape of one sample's activations in a network: before its classifier (LAST) or at its middle cut. Neurons (channels) are the last axis. The
 * trainer's networks are held against it by test/checks/feature-shapes.test.ts.
 *
 * @param view shape of the view that it reads
 * @returns nothing for a name that is no model.
 */
export function featureShape(model: string, view: readonly number[], layer: FeatureLayer): number[] | undefined {
  const parsed = parseModelName(model);
  if (typeof parsed === 'string') return undefined;
  return layer === 'LAST' ? [lastFeatures(parsed)] : middleShape(parsed, view);
}

/**
 * Numbers of one sample's channel that batch norm normalises together, where it sees fewest: those of the last and smallest extent. The trainer's
 * networks are held against it by test/checks/feature-shapes.test.ts.
 *
 * @param view shape of the view that it reads
 * @returns nothing for a network without batch norm, or a name that is no model.
 */
export function normalisedTogether(model: string, view: readonly number[]): number | undefined {
  const parsed = parseModelName(model);
  if (typeof parsed === 'string' || parsed.family === 'mlp') return undefined;
  const halvings = parsed.family === 'mobilenet' ? 4 : 2;
  return view.slice(0, -1).reduce((product, extent) => product * Math.ceil(extent / 2 ** halvings), 1);
}

function lastFeatures(model: ModelName): number {
  switch (model.family) {
    case 'mlp':
      return model.widths.at(-1) ?? 0;
    case 'cnn':
    case 'tcn':
      return 4 * model.width;
    case 'resnet':
    case 'wrn':
      return 64 * model.width;
    case 'mobilenet':
      return mobilenetFilters(1024, model.alpha);
  }
}

/** An mlp's after half its hidden layers; all others' after one halving of the extent, a mobilenet's after two. */
function middleShape(model: ModelName, view: readonly number[]): number[] {
  const halved = view.slice(0, -1).map((extent) => Math.ceil(extent / 2));
  switch (model.family) {
    case 'mlp':
      return [model.widths[Math.ceil(model.widths.length / 2) - 1] ?? 0];
    case 'cnn':
    case 'tcn':
      return [...halved, 2 * model.width];
    case 'resnet':
    case 'wrn':
      return [...halved, 32 * model.width];
    case 'mobilenet':
      return [...halved.map((extent) => Math.ceil(extent / 2)), mobilenetFilters(256, model.alpha)];
  }
}

/** α times the filters at full width, to the nearest multiple of 8. */
function mobilenetFilters(filters: number, alpha: number): number {
  return Math.max(8, 8 * Math.round((filters * alpha) / 8));
}
