/** A row of the benchmark: networks trained side by side on one batch of 64 pictures of 32 × 32 × 3 with 100 classes. */
export type Row = {
  readonly name: string;
  readonly model: string;
  /** 2: deep mutual learning of a pair, each with cross-entropy and KL to the other. */
  readonly cohort: 1 | 2;
};

export const BATCH = 64;
export const PICTURE = [32, 32, 3] as const;
export const CLASSES = 100;

export const ROWS: readonly Row[] = [
  { name: 'mlp-1200-1200', model: 'mlp-1200-1200', cohort: 1 },
  { name: 'resnet-8', model: 'resnet-8', cohort: 1 },
  { name: 'resnet-20', model: 'resnet-20', cohort: 1 },
  { name: 'wrn-16-2', model: 'wrn-16-2', cohort: 1 },
  { name: 'mobilenet-0.5', model: 'mobilenet-0.5', cohort: 1 },
  { name: 'dml-2-resnet-8', model: 'resnet-8', cohort: 2 },
];
