import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** A load in a process of its own, so that making it waits for nothing else: takes orders one after the other. */
export class LoadProcess<Order extends object, Report> {
  readonly #child: ChildProcess;
  readonly #name: string;

  /** @param file beside this one, which calls `serveOrders`. */
  constructor(file: string) {
    this.#name = file;
    this.#child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: ['--import', 'tsx'], serialization: 'advanced' });
  }

  /** @throws what went wrong there. */
  run(order: Order): Promise<Report> {
    return new Promise((resolve, reject) => {
      const onExit = (code: number | null, signal: string | null) => reject(new Error(`${this.#name} ended with ${signal ?? code}`));
      this.#child.once('exit', onExit);
      this.#child.once('message', (answer: { report: Report } | { error: string }) => {
        this.#child.off('exit', onExit);
        if ('error' in answer) reject(new Error(answer.error));
        else resolve(answer.report);
      });
      this.#child.send(order);
    });
  }

  async end(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    this.#child.disconnect();
    await ended;
  }
}

/** In the process: carries out orders until no more can come. */
export function serveOrders<Order, Report>(carryOut: (order: Order) => Promise<Report>): void {
  process.on('message', async (order: Order) => {
    const answer = await carryOut(order).then(
      (report) => ({ report }),
      (error: unknown) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    process.send?.(answer);
  });
  process.on('disconnect', () => process.exit());
}
