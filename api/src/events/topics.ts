import { Prisma, type Tx } from '../db.ts';

/** The one LISTEN channel. */
export const channel = 'studyhall';

/**
 * What can change. Notifications carry the kind and an id only; whoever hears one reads the rest from the tables.
 *
 * - `run`: a run's row, job, networks or artifacts (id: run)
 * - `deleted`: a run is gone (id: run)
 * - `experiment`: an experiment was made or changed, or runs were put into it or taken out (id: experiment)
 * - `progress`: only the live progress of a run (id: run)
 * - `metrics`: rows were added or removed (id: run)
 * - `analysis`: an analysis of a run was asked for, or stands otherwise (id: run)
 * - `log`: lines were added (id: job)
 * - `leaderboard`: a run was scheduled, changed its state or got results (id: dataset)
 * - `board`: what the leaderboard shows of a group has changed (id: group); Postgres announces it by itself, rules do not
 * - `work`: a job may have become claimable (id: dataset)
 * - `cancel`: a job of that trainer is to stop (id: trainer)
 * - `trainers`: the fleet (id: trainer)
 * - `webhook`: a message to send has come up, or is due sooner (no id); Postgres announces it by itself
 */
export type Topic =
  | 'run'
  | 'deleted'
  | 'experiment'
  | 'progress'
  | 'metrics'
  | 'analysis'
  | 'log'
  | 'leaderboard'
  | 'board'
  | 'work'
  | 'cancel'
  | 'trainers'
  | 'webhook';

export type Change = readonly [topic: Topic, id: string];

/** Announces changes; they are delivered when the transaction commits, and never if it does not. Equal ones are delivered once. */
export async function announce(tx: Tx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const payloads = [...new Set(changes.map(([topic, id]) => `${topic}:${id}`))];
  await tx.$executeRaw(Prisma.sql`SELECT pg_notify(${channel}, payload) FROM unnest(${payloads}::text[]) AS payload`);
}
