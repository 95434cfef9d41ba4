import type pg from 'pg';
import type { Logger } from 'pino';
import { busy } from '../errors.ts';
import { createClient } from '../postgres/client.ts';
import { Seldom } from '../seldom.ts';
import { channel, type Topic } from './topics.ts';

/** Changed ids since the last wake, or `all`: the connection was lost meanwhile, so anything may have changed. */
export type Changes = ReadonlySet<string> | 'all';

export interface Listener {
  /** Resolves with what changed since the last call; undefined once closed. Rejects with BUSY when changes cannot be heard for a while. */
  next(): Promise<Changes | undefined>;
  /** Which change woke it last: equal for all whom the same one woke. Absent before the first. */
  readonly heard: number | undefined;
  /** Makes the next call resolve without a change: there is more to read. */
  again(): void;
  readonly closed: boolean;
  close(): void;
}

const reconnectMs = 250;

/** Without a connection for so long, nobody who listens is told that they are up to date. */
const patienceMs = 2000;

/** One LISTEN connection per process; every subscription listens here. */
export class Hub {
  readonly #listeners = new Map<Topic, Set<Subscriber>>();
  readonly #databaseUrl: string;
  readonly #log: Logger;
  #client: pg.Client | undefined;
  #closed = false;
  readonly #seldom = new Seldom();
  #delivered = 0;
  #reconnect: NodeJS.Timeout | undefined;
  #patience: NodeJS.Timeout | undefined;
  #deaf = false;
  readonly #heardAt = new Map<Topic, number>();
  readonly #began = performance.now();

  constructor(databaseUrl: string, log: Logger) {
    this.#databaseUrl = databaseUrl;
    this.#log = log;
  }

  /** Connects for the first time; later losses are mended by itself. */
  async open(): Promise<void> {
    const client = createClient(this.#databaseUrl, { keepAlive: true });
    client.on('notification', ({ payload }) => this.#deliver(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${channel}`);
    } catch (error) {
      await client.end().catch(() => {});
      throw error;
    }
    // Only one that listens is ours, and only its loss is mended: one that is lost before fails this call.
    this.#client = client;
    clearTimeout(this.#patience);
    this.#deaf = false;
    client.once('end', () => this.#lost(client));
    if (this.#closed) await client.end();
  }

  get connected(): boolean {
    return this.#client !== undefined;
  }

  /** How many listen. */
  get listeners(): number {
    return new Set([...this.#listeners.values()].flatMap((set) => [...set])).size;
  }

  /** Seconds since a change of that topic was heard, or since the start. */
  secondsSince(topic: Topic): number {
    return (performance.now() - (this.#heardAt.get(topic) ?? this.#began)) / 1000;
  }

  /** Listens to changes of those topics, of one id or of all. Register before reading: what changes in between is then not missed. */
  listen(topics: readonly Topic[], id?: string): Listener {
    const subscriber = new Subscriber(id, () => {
      for (const topic of topics) this.#listeners.get(topic)?.delete(subscriber);
    });
    for (const topic of topics) {
      const set = this.#listeners.get(topic) ?? new Set();
      this.#listeners.set(topic, set.add(subscriber));
    }
    if (this.#closed) subscriber.close();
    else if (this.#deaf) subscriber.close(busy());
    return subscriber;
  }

  /** Ends every subscription and the connection. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#reconnect);
    clearTimeout(this.#patience);
    for (const set of this.#listeners.values()) for (const subscriber of [...set]) subscriber.close();
    await this.#client?.end();
  }

  #deliver(payload: string): void {
    const colon = payload.indexOf(':');
    const id = payload.slice(colon + 1);
    const topic = payload.slice(0, colon) as Topic;
    this.#delivered += 1;
    this.#heardAt.set(topic, performance.now());
    for (const subscriber of this.#listeners.get(topic) ?? []) subscriber.wake(id, this.#delivered);
  }

  #lost(client: pg.Client): void {
    if (this.#client !== client) return;
    this.#client = undefined;
    if (this.#closed) return;
    this.#seldom.say('lost', (times) => this.#log.warn({ times }, 'The LISTEN connection to Postgres was lost.'));
    this.#patience = setTimeout(() => this.#giveUp(), patienceMs);
    this.#retry();
  }

  /** Whoever listens is told that nothing is heard: what looks live has to be. They ask again until it is. */
  #giveUp(): void {
    this.#deaf = true;
    for (const set of this.#listeners.values()) for (const subscriber of [...set]) subscriber.close(busy());
  }

  #retry(): void {
    this.#reconnect = setTimeout(async () => {
      try {
        await this.open();
        if (this.#closed) return;
        this.#seldom.say('again', (times) => this.#log.info({ times }, 'Listening to Postgres again.'));
        this.#delivered += 1;
        for (const set of this.#listeners.values()) for (const subscriber of set) subscriber.wake('all', this.#delivered);
      } catch {
        if (!this.#closed) this.#retry();
      }
    }, reconnectMs);
  }
}

/** Collects changes while its consumer is busy: many changes of one id are one. */
class Subscriber implements Listener {
  heard: number | undefined;
  readonly #id: string | undefined;
  readonly #onClose: () => void;
  #changed = new Set<string>();
  #all = false;
  #again = false;
  #closed = false;
  #failure: Error | undefined;
  #waiting: (() => void) | undefined;

  constructor(id: string | undefined, onClose: () => void) {
    this.#id = id;
    this.#onClose = onClose;
  }

  /** @param id what has changed; `all`: anything may have. */
  wake(id: string, delivered: number): void {
    if (id === 'all') this.#all = true;
    else if (this.#id === undefined || this.#id === id) this.#changed.add(id);
    else return;
    this.heard = delivered;
    this.#waiting?.();
  }

  async next(): Promise<Changes | undefined> {
    if (!this.#closed && !this.#all && !this.#again && this.#changed.size === 0) {
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
      this.#waiting = undefined;
    }
    if (this.#failure) throw this.#failure;
    if (this.#closed) return undefined;
    const changes = this.#all ? 'all' : this.#changed;
    this.#all = false;
    this.#again = false;
    this.#changed = new Set();
    return changes;
  }

  again(): void {
    this.#again = true;
    this.#waiting?.();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** @param failure why, if not because nobody listens any more. */
  close(failure?: Error): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#failure = failure;
    this.#onClose();
    this.#waiting?.();
  }
}
