import { TrainingProcess } from './training-process.ts';

/**
 * Keeps one process ready that has loaded everything and waits for a job: the next run then begins about a second earlier.
 * It is started while nothing else starts, so that it takes no time from a run's own beginning.
 */
export class WarmProcess {
  readonly #start: () => TrainingProcess;
  #ready: TrainingProcess | null = null;
  #closed = false;

  constructor(entry: URL, label: string) {
    this.#start = () => new TrainingProcess(entry, label);
  }

  warmUp(): void {
    if (!this.#closed && !this.#ready?.alive) this.#ready = this.#start();
  }

  /** The process that is ready, or a new one. */
  take(): TrainingProcess {
    const process = this.#ready?.alive ? this.#ready : this.#start();
    this.#ready = null;
    return process;
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#ready?.kill();
    await this.#ready?.exited();
  }
}
