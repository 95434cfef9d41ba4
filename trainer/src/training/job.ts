import type { DataFolders } from '../data/folders.ts';

/** Weights of an earlier run's network that teaches, already on this machine. */
export type TeacherFile = { runId: string; network: number; model: string; view: string; path: string };

export type TrainingJob = {
  /** The run's spec; defaults that are left out are filled in. */
  spec: unknown;
  seed: number;
  /** Epochs between two checkpoints. */
  checkpointEvery: number;
  /** Content hash the dataset must have; absent: whatever is found. */
  datasetHash?: string;
  /** Resume state to go on from. */
  checkpoint?: { epoch: number; path: string };
  /** One for each teacher of the spec that is not trained within the run, in the spec's order. */
  teachers: TeacherFile[];
  /** Folder for checkpoints, weights and logits. */
  workDir: string;
  /** Where datasets lie; absent: as the environment says. */
  folders?: DataFolders;
};
