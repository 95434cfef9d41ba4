import { rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type pg from 'pg';
import { syncFolder } from '../../../start/machine/durable.mjs';
import { holdArtifacts } from '../artifacts/collect.ts';
import { createClient } from '../postgres/client.ts';

/**
 * Writes of a database into a new folder, which appears when it is whole. No artifact is collected meanwhile.
 *
 * @param what for people: `The backup`
 * @param write fills the folder that it is given, which does not exist yet
 * @throws if the folder exists or cannot be written, or it was given up (`ending`). Then nothing of it remains.
 */
export async function writeNewFolder<Result>(
  { databaseUrl, folder, what, ending }: { databaseUrl: string; folder: string; what: string; ending?: AbortSignal },
  write: (client: pg.Client, partial: string) => Promise<Result>,
): Promise<Result> {
  if (await stat(folder).catch(() => undefined)) throw new Error(`${folder} exists already: name a folder that does not.`);
  const partial = `${folder}.partial-${process.pid}`;
  const client = createClient(databaseUrl);
  await client.connect();
  // Whatever is read next fails.
  const giveUp = () => void client.end().catch(() => {});
  ending?.addEventListener('abort', giveUp, { once: true });
  try {
    ending?.throwIfAborted();
    await holdArtifacts(client);
    const result = await write(client, partial);
    await rename(partial, folder);
    await syncFolder(path.dirname(folder));
    return result;
  } catch (error) {
    ending?.throwIfAborted();
    throw (error as NodeJS.ErrnoException).syscall
      ? new Error(`${what} could not be written into ${path.dirname(folder)} (${(error as Error).message}). Nothing of it was kept.`, {
          cause: error,
        })
      : error;
  } finally {
    ending?.removeEventListener('abort', giveUp);
    await client.end().catch(() => {});
    await rm(partial, { recursive: true, force: true }).catch(() => {});
  }
}
