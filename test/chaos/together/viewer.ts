import { setTimeout as delay } from 'node:timers/promises';
import { type Subscription, subscribe } from '../../../api/src/testing/client.ts';

type Page = { runMetrics: { revision: number; removedAfterEpoch: number | null; epochs: { network: number; epoch: number }[] } };

/** Watches a run's curves as a page does: however the subscription ends, it goes on from where it was. */
export class Viewer {
  readonly #rows = new Map<string, number>();
  /** Rows that came although they were there already. */
  doubled = 0;
  #revision = 0;
  #closed = false;
  #subscription: Subscription<Page> | undefined;
  readonly #watching: Promise<void>;

  constructor(
    readonly url: () => string,
    readonly token: string,
    readonly runId: string,
  ) {
    this.#watching = this.#watch();
  }

  /** Of a network, the epochs that are seen now, in their order. */
  epochsOf(network: number): number[] {
    return [...this.#rows]
      .filter(([row]) => row.startsWith(`${network}/`))
      .map(([, epoch]) => epoch)
      .sort((one, other) => one - other);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#subscription?.close().catch(() => undefined);
    await this.#watching;
  }

  async #watch(): Promise<void> {
    const query = `subscription ($id: ID!, $after: Int!) {
      runMetrics(id: $id, after: $after) { revision removedAfterEpoch epochs { network epoch } } }`;
    while (!this.#closed) {
      this.#subscription = subscribe<Page>(this.url(), query, { id: this.runId, after: this.#revision }, this.token);
      try {
        while (!this.#closed) this.#take(await this.#subscription.next());
      } catch {
        await this.#subscription.close().catch(() => undefined);
        if (!this.#closed) await delay(100);
      }
    }
  }

  #take({ runMetrics: { revision, removedAfterEpoch, epochs } }: Page): void {
    this.#revision = revision;
    if (removedAfterEpoch !== null) for (const [row, epoch] of this.#rows) if (epoch > removedAfterEpoch) this.#rows.delete(row);
    for (const { network, epoch } of epochs) {
      const row = `${network}/${epoch}`;
      if (this.#rows.has(row)) this.doubled += 1;
      this.#rows.set(row, epoch);
    }
  }
}
