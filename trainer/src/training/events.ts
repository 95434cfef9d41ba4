import type { Measurement } from '../measures/measure-all.ts';
import type { StoredArtifact, StoredCheckpoint } from '../stored-files.ts';

export type { ArtifactKind, StoredCheckpoint, StoredFile } from '../stored-files.ts';

/** What a training run tells whoever started it: the daemon's child passes it on, `run` prints it. */

export type NetworkReport = {
  index: number;
  role: 'STUDENT' | 'PEER' | 'TEACHER';
  model: string;
  view: string;
  parameters: number;
  /** Multiply-adds of one forward pass on one sample; `flops` is the contract's name for them. */
  flops: number | null;
  initHash: string;
};

/** One row per network and epoch, in the contract's units: fractions, nats, seconds. */
export type EpochRow = {
  network: number;
  epoch: number;
  trainLoss: number;
  trainTerms: Record<string, number>;
  trainAccuracy: number;
  validationLoss: number | null;
  validationAccuracy: number | null;
  learningRate: number;
  imagesPerSecond: number;
  seconds: number;
  measurements: Measurement[];
};

export type CohortRow = {
  epoch: number;
  ensembleValidationLoss: number | null;
  ensembleValidationAccuracy: number | null;
  measurements: Measurement[];
};

export type Progress = {
  phase: 'teacher' | 'cohort';
  epoch: number;
  epochs: number;
  step: number;
  steps: number;
  loss: number | null;
  imagesPerSecond: number | null;
};

export type NetworkResult = {
  index: number;
  selectedEpoch: number;
  trainAccuracy: number | null;
  trainLoss: number | null;
  validationAccuracy: number | null;
  validationLoss: number | null;
  testAccuracy: number | null;
  testLoss: number | null;
  measurements: Measurement[];
};

export type CohortResult = {
  ensembleValidationAccuracy: number | null;
  ensembleValidationLoss: number | null;
  ensembleTestAccuracy: number | null;
  ensembleTestLoss: number | null;
  measurements: Measurement[];
};

export type TrainingResult = {
  networks: NetworkResult[];
  cohort: CohortResult | null;
  artifacts: StoredArtifact[];
};

/** Called in order; a returned promise is awaited, so a slow listener slows the run instead of losing rows. */
export interface TrainingListener {
  log(level: 'INFO' | 'WARN' | 'ERROR', text: string): void;
  /** Networks built, before the first step. */
  networks(networks: NetworkReport[], fingerprint: Record<string, unknown>): Promise<void> | void;
  /** At most a few times a second, within an epoch. */
  progress(progress: Progress): void;
  /**
   * Rows since the last call; with a checkpoint when one was written that covers them. A checkpoint's file is removed after the call for the
   * next one has resolved: who needs it longer copies it.
   */
  epochs(rows: EpochRow[], cohort: CohortRow[], checkpoint: StoredCheckpoint | null): Promise<void> | void;
}
