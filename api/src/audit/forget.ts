import type { Logger } from 'pino';
import { type Db, Prisma } from '../db.ts';

const everyMs = 3_600_000;

/** Entries that one statement removes. */
const most = 10_000;

/** Removes entries that are older than so many days. @returns how many. */
export function forgetEntries(db: Db, days: number): Promise<number> {
  return db.$executeRaw(Prisma.sql`
    DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE at < now() - make_interval(days => ${Math.floor(days)}::int) LIMIT ${most})`);
}

/** Keeps the audit log bounded, from the start on. */
export function startForgetting(db: Db, days: number, log: Logger): { stop(): Promise<void> } {
  const forget = () =>
    forgetEntries(db, days).then(
      (count) => count > 0 && log.info({ count }, 'Removed old entries of the audit log.'),
      (error) => log.warn({ err: error }, 'Old entries of the audit log could not be removed; it is tried again later.'),
    );
  let running: Promise<unknown> = forget();
  const timer = setInterval(() => {
    running = forget();
  }, everyMs);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
