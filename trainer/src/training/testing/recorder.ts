import type { CohortRow, EpochRow, NetworkReport, Progress, StoredCheckpoint, TrainingListener } from '../events.ts';

/** Keeps everything that a run tells. */
export class Recorder implements TrainingListener {
  readonly rows: EpochRow[] = [];
  readonly cohort: CohortRow[] = [];
  readonly checkpoints: StoredCheckpoint[] = [];
  readonly steps: Progress[] = [];
  reports: NetworkReport[] = [];
  fingerprint: Readonly<Record<string, unknown>> = {};
  readonly #onEpoch: (recorder: Recorder) => void;
  readonly #onProgress: (progress: Progress) => void;

  constructor(on: { epoch?: (recorder: Recorder) => void; progress?: (progress: Progress) => void } = {}) {
    this.#onEpoch = on.epoch ?? (() => {});
    this.#onProgress = on.progress ?? (() => {});
  }

  log(): void {}

  networks(reports: NetworkReport[], fingerprint: Readonly<Record<string, unknown>>): void {
    this.reports = reports;
    this.fingerprint = fingerprint;
  }

  progress(progress: Progress): void {
    this.steps.push(progress);
    this.#onProgress(progress);
  }

  epochs(rows: EpochRow[], cohort: CohortRow[], checkpoint: StoredCheckpoint | null): void {
    this.rows.push(...rows);
    this.cohort.push(...cohort);
    if (checkpoint !== null) this.checkpoints.push(checkpoint);
    this.#onEpoch(this);
  }

  /** The rows without what depends on the clock. */
  get numbers(): Omit<EpochRow, 'seconds' | 'imagesPerSecond'>[] {
    return this.rows.map(({ seconds: _seconds, imagesPerSecond: _speed, ...rest }) => rest);
  }
}
