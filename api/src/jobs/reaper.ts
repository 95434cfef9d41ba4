import type { Logger } from 'pino';
import type { Db } from '../db.ts';
import { announce } from '../events/topics.ts';
import { type EndedJob, endAttempts, lapsed } from '../sql/lease.ts';
import { takeDeparted } from '../sql/trainers.ts';
import { settle } from './ended.ts';

export interface Reaper {
  stop(): Promise<void>;
}

/** Requeues every job whose lease has expired; a lapse counts as a failure. */
export async function reapOnce(db: Db): Promise<EndedJob[]> {
  return db.$transaction(async (tx) => {
    const error = 'The lease lapsed: the trainer was not heard of in time.';
    const ended = await endAttempts(tx, lapsed, { ending: 'LAPSED', error, failure: true, skipLocked: true });
    await settle(tx, ended);
    return ended;
  });
}

/**
 * Reaps in the background. After its start, after Postgres was away and after this process itself was asleep it waits one full lease:
 * until then the trainers may not have had a chance to renew, and an outage alone must requeue nothing.
 */
export function startReaper(db: Db, leaseSeconds: number, log: Logger): Reaper {
  const leaseMs = leaseSeconds * 1000;
  const tickMs = Math.min(2000, leaseMs / 4);
  let notBefore = performance.now() + leaseMs;
  let expected = performance.now() + tickMs;
  let stopped = false;
  let running: Promise<void> = Promise.resolve();

  const tick = async () => {
    const now = performance.now();
    if (now - expected > Math.max(1000, leaseMs / 4)) notBefore = now + leaseMs;
    try {
      if (now < notBefore) await db.$queryRaw`SELECT 1`;
      else await reap(db, leaseSeconds, log);
    } catch (error) {
      notBefore = performance.now() + leaseMs;
      if (!stopped) log.warn({ err: error }, 'The reaper could not reach Postgres; it waits one lease once that is back.');
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

async function reap(db: Db, leaseSeconds: number, log: Logger): Promise<void> {
  for (const job of await reapOnce(db))
    log.warn({ job: job.job_id, run: job.run_id, attempt: job.attempt, next: job.state }, 'A lease lapsed.');
  const departed = await takeDeparted(db, leaseSeconds);
  await announce(
    db,
    departed.map((id) => ['trainers', id] as const),
  );
}
