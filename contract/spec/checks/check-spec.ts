import type { Problem } from '../../settings/problem.ts';
import type { DatasetFacts } from '../dataset-facts.ts';
import type { RunSpec } from '../run-spec.ts';
import { checkAugmentation } from './check-augmentation.ts';
import { checkBatchNorm } from './check-batch-norm.ts';
import { checkData, checkDataset } from './check-data.ts';
import { checkFeatures } from './check-features.ts';
import { checkMethod } from './check-method.ts';
import { checkNetworks, checkViews } from './check-networks.ts';
import { checkTraining, checkTrainingOn } from './check-training.ts';

/** What a normalised spec says that contradicts itself, whatever its dataset holds. */
export function checkSpec(spec: RunSpec): Problem[] {
  return [...checkNetworks(spec), ...checkMethod(spec), ...checkData(spec), ...checkTraining(spec)];
}

/**
 * What a normalised spec asks of its dataset that it cannot give. Whether teachers from other runs are there, and how many images a class has,
 * is checked elsewhere.
 *
 * @param earlierViews views of the teachers from other runs; absent: there are none
 */
export function checkSpecOn(spec: RunSpec, dataset: DatasetFacts, earlierViews: readonly string[] = []): Problem[] {
  return [
    ...checkViews(spec, dataset),
    ...checkFeatures(spec, dataset),
    ...checkDataset(spec, dataset),
    ...checkTrainingOn(spec, dataset),
    ...checkBatchNorm(spec, dataset),
    ...checkAugmentation(spec, dataset, earlierViews),
  ];
}
