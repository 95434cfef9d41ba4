import { onEndSignals } from '../../../start/machine/signals.mjs';
import { atMostEvery } from '../alive.ts';
import type { FromChild, StopReason, ToChild } from './messages.ts';

type Report = Extract<FromChild, { type: 'report' }>['report'];

/** The shortest stall limit is 0.2 s. */
const SIGN_EVERY_MS = 50;

/** A child's side of the channel to its daemon. */
export class ChildChannel {
  readonly #waiting = new Map<number, () => void>();
  #reports = 0;

  constructor(on: { start(message: Extract<ToChild, { type: 'start' }>): void; stop(reason: StopReason): void }) {
    process.on('message', (message: ToChild) => {
      if (message.type === 'start') on.start(message);
      else if (message.type === 'stop') on.stop(message.reason);
      else this.#acknowledge(message.id);
    });
    // Without a daemon nobody takes reports, and its successor goes on from the last checkpoint that was reported.
    process.on('disconnect', () => process.exit(1));
    // Everything is loaded.
    this.alive();
    // Ctrl-C, and the end of a terminal, reach every process of it; what that means for this one the daemon says.
    onEndSignals(() => undefined);
  }

  send(message: Exclude<FromChild, { type: 'report' }>): void {
    process.send?.(message);
  }

  /** Says that the work goes on; called far more often than is told. */
  readonly alive = atMostEvery(SIGN_EVERY_MS, (silence = 0) => this.send({ type: 'alive', silence }));

  /** Resolves once the daemon has the report on its disk. */
  report(report: Report): Promise<void> {
    const id = ++this.#reports;
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve);
      process.send?.({ type: 'report', id, report } satisfies FromChild);
    });
  }

  #acknowledge(id: number): void {
    this.#waiting.get(id)?.();
    this.#waiting.delete(id);
  }
}
