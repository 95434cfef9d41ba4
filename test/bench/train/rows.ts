import type { Row as Subject } from '../../../trainer/src/benchmark/subject.ts';

export { BATCH } from '../../../trainer/src/benchmark/subject.ts';
export { LARGEST_EVALUATION_BATCH as EVALUATION_BATCH } from '../../../trainer/src/training/evaluation.ts';

/** A row of the benchmark: 32 × 32 × 3 pictures with 100 classes. `batch`: 64 where it is left out. */
export type Row = Subject & { readonly name: string; readonly batch?: number };

export const ROWS: readonly Row[] = [
  { name: 'mlp-1200-1200', model: 'mlp-1200-1200', cohort: 1 },
  { name: 'resnet-8', model: 'resnet-8', cohort: 1 },
  { name: 'resnet-20', model: 'resnet-20', cohort: 1 },
  { name: 'wrn-16-2', model: 'wrn-16-2', cohort: 1 },
  { name: 'mobilenet-0.5', model: 'mobilenet-0.5', cohort: 1 },
  { name: 'dml-2-resnet-8', model: 'resnet-8', cohort: 2 },
];

/**
 * What a GPU is measured by: small networks, bound by how fast work is launched, in a small and a large batch; and the one with the largest products in
 * mixed precision, too, beside PyTorch's autocast.
 */
export const GPU_ROWS: readonly Row[] = [64, 512].flatMap((batch): Row[] => [
  { name: 'resnet-8', model: 'resnet-8', cohort: 1, batch },
  { name: 'resnet-20', model: 'resnet-20', cohort: 1, batch },
  { name: 'dml-2-resnet-32', model: 'resnet-32', cohort: 2, batch },
  { name: 'wrn-16-2', model: 'wrn-16-2', cohort: 1, batch },
  { name: 'wrn-16-2-float16', model: 'wrn-16-2', cohort: 1, batch, precision: 'MIXED_FLOAT16' },
]);
