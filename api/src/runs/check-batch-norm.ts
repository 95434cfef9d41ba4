import type { Problem } from '../errors.ts';
import type { DatasetFacts } from './check-spec.ts';
import { normalisedTogether } from './feature-shape.ts';
import { type NetworkSpec, type RunSpec, trainedTeachers } from './spec.ts';

/** Batch norm takes a channel's deviation over the batch: that of a single number is 0, so every image would come out as the same. */
export function checkBatchNorm(spec: RunSpec, { views }: DatasetFacts): Problem[] {
  const { batchSize } = spec.training;
  const starves = ({ model, view }: NetworkSpec) => {
    const seen = view === null ? views[0] : views.find(({ name }) => name === view);
    const count = seen && normalisedTogether(model, seen.shape);
    return count !== undefined && batchSize * count < 2 ? `${model} on ${seen?.shape.join(' × ')}` : undefined;
  };
  const networks = [...spec.networks, ...trainedTeachers(spec).map(({ network }) => network)];
  const index = networks.findIndex((network) => starves(network));
  const network = networks[index];
  if (!network) return [];
  return [
    {
      path: 'training.batchSize',
      message: `is ${batchSize}, where the batch norm of network ${index} (${starves(network)}) sees a single number per channel; take a batch of at least 2, or a network without batch norm (mlp).`,
    },
  ];
}
