import { setTimeout as delay } from 'node:timers/promises';
import type pg from 'pg';
import { createClient } from './client.ts';

/** Any number; the same in every Studyhall. */
const ownerLock = 0x57d_4a11;

export interface Ownership {
  release(): Promise<void>;
}

export class AnotherRuns extends Error {}

export const anotherRuns = (home: string) =>
  new AnotherRuns(
    `Another Studyhall is already running on ${home}. Stop it first, or start this one with STUDYHALL_HOME set to another folder.`,
  );

/**
 * Holds an advisory lock for as long as this process lives: the sign that a Studyhall runs on this embedded database. Unlike a file
 * with a process id, it cannot outlive its holder.
 *
 * @param onLost called once it was held and the connection breaks without `release`: Postgres is gone, or cut us off.
 * @throws if another Studyhall holds it (a killed one's connection ends within moments, so it is tried for a while), or Postgres is away.
 */
export async function takeOwnership(databaseUrl: string, home: string, onLost: () => void, patienceMs = 3000): Promise<Ownership> {
  const client = createClient(databaseUrl, { keepAlive: true });
  let released = false;
  try {
    await client.connect();
    await hold(client, home, patienceMs);
  } catch (error) {
    await client.end().catch(() => {});
    throw error;
  }
  client.once('end', () => {
    if (!released) onLost();
  });
  return {
    release: async () => {
      released = true;
      await client.end();
    },
  };
}

async function hold(client: pg.Client, home: string, patienceMs: number): Promise<void> {
  for (const deadline = Date.now() + patienceMs; ; await delay(100)) {
    const { rows } = await client.query<{ held: boolean }>('SELECT pg_try_advisory_lock($1) AS held', [ownerLock]);
    if (rows[0]?.held) return;
    if (Date.now() > deadline) throw anotherRuns(home);
  }
}
