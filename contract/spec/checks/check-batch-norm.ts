import type { Problem } from '../../settings/problem.ts';
import { type DatasetFacts, viewOf } from '../dataset-facts.ts';
import { normalisedTogether } from '../feature-shape.ts';
import type { NetworkSettings, RunSpec } from '../run-spec.ts';
import { trainedNetworks } from '../teachers.ts';

/** Batch norm takes a channel's deviation over the batch: that of a single number is 0, so every image would come out as the same. */
export function checkBatchNorm(spec: RunSpec, dataset: DatasetFacts): Problem[] {
  const { batchSize } = spec.training;
  const starves = (network: NetworkSettings) => {
    const view = viewOf(network, dataset);
    const count = view && normalisedTogether(network.model, view.shape);
    return count !== undefined && batchSize * count < 2 ? `${network.model} on ${view?.shape.join(' × ')}` : undefined;
  };
  const starved = trainedNetworks(spec).map(({ network }) => starves(network));
  const index = starved.findIndex((found) => found !== undefined);
  if (index < 0) return [];
  return [
    {
      path: 'training.batchSize',
      message: `is ${batchSize}, where the batch norm of network ${index} (${starved[index]}) sees a single number per channel; take a batch of at least 2, or a network without batch norm (mlp).`,
    },
  ];
}
