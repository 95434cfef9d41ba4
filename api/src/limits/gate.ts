import { busy } from '../errors.ts';

/** An operation that costs no more than this is let in at once: a few statements and their rows. */
const light = 1000;

/** The same for an event of a subscription. One change wakes all who listen, thousands at a time. */
export const lightEvent = 250;

/**
 * Cost of what may be under way at a time, light operations aside: two introspections, which take some 70 ms. The event loop is one: more
 * at a time would only make all wait.
 */
const capacity = 30_000;

/** Most operations of one client, and of all, that wait. */
const mostOfOne = 50;
const mostOfAll = 500;

const patienceMs = 10_000;

type Waiting = { cost: number; enter(): void };

/**
 * Lets operations in by their cost. While heavy ones wait, light ones pass, and no client keeps the others waiting by asking more often:
 * those who wait are let in client by client.
 */
export class Gate {
  readonly #queues = new Map<string, Waiting[]>();
  #inside = 0;
  #waiting = 0;

  /**
   * Waits until there is room.
   *
   * @param client who asks: a token or an address.
   * @param free cost that is let in at once.
   * @returns says that the operation is done.
   * @throws BUSY if too many wait already, or room is not found in ten seconds.
   */
  async enter(client: string, cost: number, free = light): Promise<() => void> {
    if (cost <= free) return () => {};
    if (this.#waiting > 0 || !this.#hasRoom(cost)) await this.#wait(client, cost);
    else this.#inside += cost;
    let done = false;
    return () => {
      if (done) return;
      done = true;
      this.#inside -= cost;
      // In the next turn of the event loop: what others have sent meanwhile is heard in between.
      setImmediate(() => this.#admit());
    };
  }

  #hasRoom(cost: number): boolean {
    return this.#inside === 0 || this.#inside + cost <= capacity;
  }

  async #wait(client: string, cost: number): Promise<void> {
    const queue = this.#queues.get(client) ?? [];
    if (queue.length >= mostOfOne || this.#waiting >= mostOfAll) throw busy();
    this.#queues.set(client, queue);
    this.#waiting += 1;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        queue.splice(queue.indexOf(waiting), 1);
        this.#forget(client, queue);
        reject(busy());
      }, patienceMs);
      const waiting: Waiting = {
        cost,
        enter: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      queue.push(waiting);
    });
  }

  #admit(): void {
    for (const [client, queue] of this.#queues) {
      const [first] = queue;
      if (!first || !this.#hasRoom(first.cost)) return;
      queue.shift();
      // The next of this client comes after those of the others.
      this.#queues.delete(client);
      if (queue.length > 0) this.#queues.set(client, queue);
      this.#waiting -= 1;
      this.#inside += first.cost;
      first.enter();
    }
  }

  #forget(client: string, queue: Waiting[]): void {
    this.#waiting -= 1;
    if (queue.length === 0) this.#queues.delete(client);
  }
}
