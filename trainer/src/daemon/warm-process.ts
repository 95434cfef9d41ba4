import { WorkProcess } from './work-process.ts';

/**
 * Keeps one process ready that has loaded everything and waits for a job: the next job then begins about a second earlier.
 * It is started while nothing else starts, so that it takes no time from a job's own beginning.
 */
export class WarmProcess {
  readonly #start: () => WorkProcess;
  #ready: WorkProcess | null = null;
  #closed = false;

  constructor(entry: URL, label: string) {
    this.#start = () => new WorkProcess(entry, label);
  }

  warmUp(): void {
    if (!this.#closed && !this.#ready?.alive) this.#ready = this.#start();
  }

  /** The process that is ready, or a new one. */
  take(): WorkProcess {
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
