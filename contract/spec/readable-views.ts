import type { ModelFamily } from './model-name.ts';

/**
 * Why a network cannot read a view: an mlp reads anything, a temporal network sequences, all others images.
 *
 * @param view what the sentence calls it
 * @returns nothing where it can.
 */
export function whyUnreadable(model: string, family: ModelFamily, shape: readonly number[], view: string): string | undefined {
  const axes = family === 'tcn' ? 2 : 3;
  if (family === 'mlp' || shape.length === axes) return undefined;
  const needs = family === 'tcn' ? 'sequences (time × channels)' : 'images (height × width × channels)';
  const instead = `use an mlp there${shape.length === 2 ? ', or a tcn' : ''}`;
  return `${model} needs ${needs}, but ${view} has shape ${shape.join(' × ')}; ${instead}.`;
}
