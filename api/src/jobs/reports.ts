import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import type { Figures } from '../metrics/reported.ts';
import type { JobFile } from '../sql/artifacts.ts';
import type { LeaseKey } from '../sql/lease.ts';

export type Progress = {
  phase: string;
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss?: number | null | undefined;
  imagesPerSecond?: number | null | undefined;
};

export type NetworkResult = {
  index: number;
  selectedEpoch: number;
  trainAccuracy?: number | null | undefined;
  trainLoss?: number | null | undefined;
  validationAccuracy?: number | null | undefined;
  validationLoss?: number | null | undefined;
  testAccuracy?: number | null | undefined;
  testLoss?: number | null | undefined;
} & Figures<'network'>;

export type CohortResult = {
  ensembleValidationAccuracy?: number | null | undefined;
  ensembleValidationLoss?: number | null | undefined;
  ensembleTestAccuracy?: number | null | undefined;
  ensembleTestLoss?: number | null | undefined;
} & Figures<'cohort'>;

/** What a job came to. Networks and cohort are those of a TRAIN job, `analysis` is that of an ANALYSE job. */
export type Finish = {
  lease: LeaseKey;
  networks: readonly NetworkResult[];
  cohort?: CohortResult | null | undefined;
  artifacts: readonly JobFile[];
  analysis?: AnalysisResult | null | undefined;
};
