import type { Engine } from '../engine/engine.ts';
import type { TrainingListener, TrainingResult } from './events.ts';

/** Weights of an earlier run's network that teaches, already on this machine. */
export type TeacherFile = { runId: string; network: number; model: string; view: string; path: string };

export type TrainingJob = {
  /** The normalised spec: RunSpecInput with every default filled in. */
  spec: unknown;
  seed: number;
  /** Epochs between two checkpoints. */
  checkpointEvery: number;
  /** Content hash the dataset must have; absent: whatever is found. */
  datasetHash?: string;
  /** Resume state to go on from. */
  checkpoint?: { epoch: number; path: string };
  teachers: TeacherFile[];
  /** Folder for checkpoints, weights and logits. */
  workDir: string;
};

/**
 * Trains one run from its start, or from a checkpoint, to its end.
 *
 * @throws TrainingError: bad data or spec (`permanent`), non-finite loss (`permanent`), an unusable checkpoint (`discardCheckpoint`).
 * @throws TrainingStopped once `signal` is aborted and the batch under way is done; the last checkpoint written is then current.
 */
export type Train = (job: TrainingJob, engine: Engine, listener: TrainingListener, signal: AbortSignal) => Promise<TrainingResult>;
