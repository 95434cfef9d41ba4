import type { Logger } from 'pino';
import { type Db, transact } from '../db.ts';
import { announce } from '../events/topics.ts';
import { type EndedJob, endAttempts, lapsed } from '../sql/lease.ts';
import { takeDeparted } from '../sql/trainers.ts';
import { settle } from './ended.ts';
import { endedTokens, handBackFrom } from './hand-back-from.ts';

export interface Reaper {
  stop(): Promise<void>;
}

/** The transaction began too long after it was decided on: meanwhile renewals may have waited, unread, in this very process. */
class TooLate extends Error {}

/**
 * Requeues every job whose lease has expired; a lapse counts as a failure. Expiry is judged by the time at which the transaction began.
 *
 * @param stillTimely whether that was soon enough; asked once it has begun.
 */
export async function reapOnce(db: Db, stillTimely: () => boolean = () => true): Promise<EndedJob[]> {
  return transact(db, async (tx) => {
    if (!stillTimely()) throw new TooLate();
    const error = 'The lease lapsed: the trainer was not heard of in time.';
    const ended = await endAttempts(tx, lapsed, { ending: 'LAPSED', error, failure: true, skipLocked: true });
    await settle(tx, ended);
    return ended;
  });
}

/**
 * Reaps in the background. After its start, after Postgres was away and after this process itself was asleep or deaf it waits one full
 * lease: until then the trainers may not have had a chance to renew, and neither an outage nor a loaded server may requeue anything.
 */
export function startReaper(db: Db, leaseSeconds: number, log: Logger, onLapses: (count: number) => void = () => {}): Reaper {
  const leaseMs = leaseSeconds * 1000;
  const tickMs = Math.min(2000, leaseMs / 4);
  const graceMs = Math.max(1000, leaseMs / 4);
  let notBefore = performance.now() + leaseMs;
  let expected = performance.now() + tickMs;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const tick = async () => {
    const now = performance.now();
    if (now - expected > graceMs) notBefore = now + leaseMs;
    try {
      if (now < notBefore) await db.$queryRaw`SELECT 1`;
      else onLapses(await reap(db, leaseSeconds, () => performance.now() - now <= graceMs, log));
    } catch (error) {
      notBefore = performance.now() + leaseMs;
      const why = error instanceof TooLate ? 'This process has too much to do' : 'The reaper could not reach Postgres';
      if (!stopped) log.warn({ err: error }, `${why}: leases are left alone for as long as one of them lasts.`);
    }
    expected = performance.now() + tickMs;
    if (!stopped) timer = setTimeout(next, tickMs);
  };
  const next = () => {
    running = tick();
  };
  let timer = setTimeout(next, tickMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
      clearTimeout(timer);
    },
  };
}

async function reap(db: Db, leaseSeconds: number, stillTimely: () => boolean, log: Logger): Promise<number> {
  const handedBack = await transact(db, (tx) => handBackFrom(tx, endedTokens));
  for (const job of handedBack) log.warn({ job: job.job_id, run: job.run_id }, 'A job was handed back: the token of its trainer ended.');
  const lapses = await reapOnce(db, stillTimely);
  for (const job of lapses) log.warn({ job: job.job_id, run: job.run_id, attempt: job.attempt, next: job.state }, 'A lease lapsed.');
  const departed = await takeDeparted(db, leaseSeconds);
  await announce(
    db,
    departed.map((id) => ['trainers', id] as const),
  );
  return lapses.length;
}
