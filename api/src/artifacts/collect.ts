import type pg from 'pg';
import type { Logger } from 'pino';
import { type Db, transact } from '../db.ts';
import { unlessAnother } from '../postgres/unless-another.ts';
import { findKnown, findUnused, forgetUnused } from '../sql/artifacts.ts';
import { forgetUnheld } from '../sql/datasets.ts';
import type { ArtifactStore } from './store.ts';

/** Bytes that nothing refers to are kept this long: a trainer uploads before it commits. */
export const graceMinutes = 15;

/** An advisory lock, the same in every Studyhall: a backup shares it while it copies, and whoever collects does so without any. */
const artifactsLock = 0x57d_a47f;

/** Keeps artifacts from being collected until that connection ends. */
export const holdArtifacts = (client: pg.ClientBase) => client.query('SELECT pg_advisory_lock_shared($1)', [artifactsLock]);

const dayMs = 24 * 3600 * 1000;

/** Artifacts that one transaction removes: some tens of milliseconds, for which an upload of the same bytes may have to wait. */
const atOnce = 100;

/**
 * Removes artifacts that no job refers to and nobody has touched for a while, and files that no row knows.
 *
 * @returns how many were removed.
 */
export async function collectArtifacts(db: Db, store: ArtifactStore, minutes = graceMinutes): Promise<number> {
  let removed = 0;
  for await (const unused of pagesOf((after) => findUnused(db, minutes, after, atOnce)))
    removed += await removeUnused(db, store, minutes, unused);
  await store.removeBroken(dayMs);
  let files: string[] = [];
  const removeUnknown = async () => {
    const known = await findKnown(db, files);
    const unknown = files.filter((sha256) => !known.has(sha256));
    await Promise.all(unknown.map((sha256) => store.remove(sha256)));
    removed += unknown.length;
    files = [];
  };
  for await (const sha256 of store.olderThan(dayMs)) if (files.push(sha256) >= atOnce) await removeUnknown();
  if (files.length > 0) await removeUnknown();
  return removed;
}

/** The files go before the transaction ends: an upload of the same bytes waits for the row and puts its file back. */
function removeUnused(db: Db, store: ArtifactStore, minutes: number, unused: readonly string[]): Promise<number> {
  return transact(db, async (tx) => {
    const [lock] = await tx.$queryRaw<{ free: boolean }[]>`SELECT pg_try_advisory_xact_lock(${artifactsLock}) AS free`;
    if (!lock?.free) return 0;
    const hashes = await forgetUnused(tx, minutes, unused);
    await Promise.all(hashes.map((sha256) => store.remove(sha256)));
    return hashes.length;
  });
}

/** Pages of a list of hashes in their order, until there are no more. */
async function* pagesOf(read: (after: string) => Promise<string[]>): AsyncGenerator<string[]> {
  for (let page = await read(''); page.length > 0; page = await read(page.at(-1) ?? '')) yield page;
}

/**
 * Collects every few minutes, the first time once trainers had time to refer to what they uploaded before an outage. Of several processes one
 * does so at a time: another would only find the same.
 */
export function startCollector(db: Db, store: ArtifactStore, databaseUrl: string, log: Logger): { stop(): Promise<void> } {
  let running: Promise<void> = Promise.resolve();
  const collect = async () => {
    try {
      await unlessAnother(databaseUrl, 'collecting', collectAll);
    } catch (error) {
      log.warn({ err: error }, 'What nothing refers to could not be removed; it is tried again later.');
    }
  };
  const collectAll = async () => {
    const removed = await collectArtifacts(db, store);
    if (removed > 0) log.info({ removed }, 'Removed artifacts that nothing refers to.');
    const forgotten = await transact(db, forgetUnheld);
    if (forgotten > 0) log.info({ forgotten }, 'Forgot datasets that nobody holds and no run is of.');
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
