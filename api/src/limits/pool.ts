import type { Socket } from 'node:net';
import pg from 'pg';
import { busy } from '../errors.ts';
import { OneAtATimeClient } from '../postgres/one-at-a-time.ts';
import { Work } from './work.ts';

type Connected = (error: Error | undefined, client: pg.PoolClient | undefined, done: (error?: Error | boolean) => void) => void;

/**
 * A pool that shares its connections out among the operations that are under way: each has a few at a time, and what it reads is counted.
 * Want of connections is answered "busy".
 */
export class FairPool extends pg.Pool {
  constructor(config: pg.PoolConfig) {
    super({ ...config, Client: OneAtATimeClient });
    // The pool listens only while a client is idle, and those who hold one not always: a connection cut off in between would end this process.
    this.on('connect', (client) => client.on('error', () => {}));
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<pg.PoolClient> | undefined {
    const connecting = this.#connect();
    if (!callback) return connecting;
    connecting.then(
      (client) => callback(undefined, client, client.release),
      (error: Error) => callback(error, undefined, () => {}),
    );
    return undefined;
  }

  async #connect(): Promise<pg.PoolClient> {
    const work = Work.current();
    const giveBack = await work?.takeConnection();
    try {
      const client = await super.connect();
      return work && giveBack ? counted(client, work, giveBack) : client;
    } catch (error) {
      giveBack?.();
      throw isWant(error) ? busy() : error;
    }
  }
}

/** The client, which gives its place back and counts what it has read once it is released. */
function counted(client: pg.PoolClient, work: Work, giveBack: () => void): pg.PoolClient {
  const socket = (client as unknown as pg.Client).connection.stream as Socket;
  const before = socket.bytesRead;
  const release = client.release.bind(client);
  client.release = (error) => {
    work.countBytes(socket.bytesRead - before);
    release(error);
    giveBack();
  };
  return client;
}

/**
 * Whether there was no connection to be had: all were in use for as long as the pool waits, a new one took too long, Postgres gives no more
 * (53300) or is just starting or ending (57P03).
 */
export function isWant(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: string };
  return wanting.has(error.message) || code === '53300' || code === '57P03' || code === 'ECONNREFUSED';
}

const wanting = new Set(['timeout exceeded when trying to connect', 'Connection terminated due to connection timeout']);
