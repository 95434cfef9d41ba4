import { type EmbeddedPostgres, startEmbeddedPostgres } from '../api/src/postgres/embedded.ts';
import { endWith, temporaryFolder } from './ending.ts';

export type TemporaryPostgres = { postgres: EmbeddedPostgres; home: string; close(): Promise<void> };

/**
 * A Postgres in a folder of its own, which both go with the command that asked for it, however that is told to end.
 *
 * @param settings such as `{ fsync: 'off' }` for what nobody needs after a power cut
 */
export async function temporaryPostgres(prefix: string, settings: Record<string, string> = {}): Promise<TemporaryPostgres> {
  const { folder: home, remove } = await temporaryFolder(prefix);
  const ending = new AbortController();
  const starting = startEmbeddedPostgres({ home, settings, detached: false, signal: ending.signal });
  const close = async () => {
    ending.abort();
    const postgres = await starting.catch(() => undefined);
    await postgres?.stop();
    forget();
    await remove();
  };
  const forget = endWith(close);
  return { postgres: await starting, home, close };
}
