import type { Problem } from '../../settings/problem.ts';
import { written } from '../../settings/written.ts';
import { type DatasetFacts, viewOf } from '../dataset-facts.ts';
import { featureShape } from '../feature-shape.ts';
import type { RunSpec } from '../run-spec.ts';

/** Most neurons that are aligned: the assignment takes seconds there, each epoch and for each pair, and eight times as long for twice as many. */
const mostAligned = 2048;

/** Features of two networks can be compared only where they have the same shape. */
export function checkFeatures({ method, networks }: RunSpec, dataset: DatasetFacts): Problem[] {
  const features = method.mutual?.features;
  if (!features) return [];
  const { layer, alignment } = features;
  const found = networks.flatMap((network, index) => {
    const view = viewOf(network, dataset);
    const shape = view && featureShape(network.model, view.shape, layer);
    return shape ? [{ index, model: network.model, shape }] : [];
  });
  const [first] = found;
  if (!first) return [];
  const path = 'method.mutual.features.layer';
  const other = found.find(({ shape }) => shape.join() !== first.shape.join());
  if (other) {
    const [one, two] = [first, other].map(({ index, model, shape }) => `network ${index} (${model}) has ${shape.join(' × ')}`);
    return [{ path, message: `is ${layer}, where ${one} and ${two}: features of different shapes cannot be matched.` }];
  }
  const neurons = first.shape.at(-1) ?? 0;
  if (alignment === 'PERMUTATION' && neurons > mostAligned)
    return [
      {
        path: 'method.mutual.features.alignment',
        message: `is PERMUTATION, but layer ${layer} of ${first.model} has ${written(neurons)} neurons; at most ${written(mostAligned)} can be aligned.`,
      },
    ];
  return [];
}
