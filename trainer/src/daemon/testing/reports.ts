import type { StoredCheckpoint } from '../../stored-files.ts';
import type { TrainPart } from '../../work/train/part.ts';
import type { CommitReport, LogReport } from '../reports.ts';

/** A commit of one network's rows for these epochs. */
export function commitOf(epochs: number[], checkpoint: StoredCheckpoint | null = null): CommitReport<TrainPart> {
  const rows = epochs.map((epoch) => ({
    network: 0,
    epoch,
    trainLoss: 1 / epoch,
    trainTerms: { crossEntropy: 1 / epoch },
    trainAccuracy: 0.5,
    validationLoss: null,
    validationAccuracy: null,
    learningRate: 0.05,
    imagesPerSecond: 1000,
    seconds: 0.1,
    measurements: [],
  }));
  return { kind: 'commit', rows, cohort: [], checkpoint, networks: null, fingerprint: null };
}

export function lineOf(text: string): LogReport {
  return { kind: 'log', at: '2026-01-01T00:00:00.000Z', level: 'INFO', text };
}
