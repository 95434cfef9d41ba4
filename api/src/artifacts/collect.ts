import type { Logger } from 'pino';
import { type Db, transact } from '../db.ts';
import { forgetUnused } from '../sql/artifacts.ts';
import { forgetUnheld } from '../sql/datasets.ts';
import type { ArtifactStore } from './store.ts';

/** Bytes that nothing refers to are kept this long: a trainer uploads before it commits. */
export const graceMinutes = 15;

const dayMs = 24 * 3600 * 1000;

/**
 * Removes artifacts that no job refers to and nobody has touched for a while, and files that no row knows.
 *
 * @returns how many were removed.
 */
export async function collectArtifacts(db: Db, store: ArtifactStore, minutes = graceMinutes): Promise<number> {
  // The files go before the transaction ends: an upload of the same bytes waits for the row and puts its file back.
  const removed = await transact(db, async (tx) => {
    const hashes = await forgetUnused(tx, minutes);
    for (const sha256 of hashes) await store.remove(sha256);
    return hashes.length;
  });
  await store.removeBroken(dayMs);
  const unknown: string[] = [];
  for await (const sha256 of store.olderThan(dayMs)) if (!(await db.artifact.findUnique({ where: { sha256 } }))) unknown.push(sha256);
  for (const sha256 of unknown) await store.remove(sha256);
  return removed + unknown.length;
}

/** Collects every few minutes, the first time once trainers had time to refer to what they uploaded before an outage. */
export function startCollector(db: Db, store: ArtifactStore, log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const collect = async () => {
    try {
      const removed = await collectArtifacts(db, store);
      if (removed > 0) log.info({ removed }, 'Removed artifacts that nothing refers to.');
      const forgotten = await transact(db, forgetUnheld);
      if (forgotten > 0) log.info({ forgotten }, 'Forgot datasets that nobody holds and no run is of.');
    } catch (error) {
      log.warn({ err: error }, 'What nothing refers to could not be removed; it is tried again later.');
    }
  };
  const timer = setInterval(() => {
    running = running.then(collect);
  }, graceMinutes * 60_000);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
