import type { Problem } from '../../settings/problem.ts';
import { type DatasetFacts, viewOf } from '../dataset-facts.ts';
import type { RunSpec } from '../run-spec.ts';
import { trainedNetworks } from '../teachers.ts';

/**
 * Augmentation changes all views of a sample alike, so all networks and teachers have to see pictures of one extent.
 *
 * @param earlier views of the teachers from earlier runs.
 */
export function checkAugmentation(spec: RunSpec, dataset: DatasetFacts, earlier: readonly string[]): Problem[] {
  const { flip, cropPadding } = spec.training.augmentation;
  if (!flip && cropPadding === 0) return [];
  const seen = new Set([...trainedNetworks(spec).map(({ network }) => viewOf(network, dataset)?.name), ...earlier]);
  const shown = dataset.views.filter((view) => seen.has(view.name));
  const path = 'training.augmentation';
  const flat = shown.find(({ shape }) => shape.length !== 3);
  if (flat)
    return [
      {
        path,
        message: `flips or crops, which is for images alone; view ${flat.name} of ${dataset.name} has the shape ${flat.shape.join(' × ')}. Leave it off.`,
      },
    ];
  const extents = new Set(shown.map(({ shape: [height, width] }) => `${height} × ${width}`));
  if (extents.size <= 1) return [];
  const found = shown.map((view) => `${view.name} ${view.shape.slice(0, 2).join(' × ')}`).join(', ');
  return [{ path, message: `flips or crops all views alike, which needs one extent; they have ${found}. Leave it off.` }];
}
