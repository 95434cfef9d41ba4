import path from 'node:path';
import { openStore } from '../artifacts/open-store.ts';
import type { ArtifactStore } from '../artifacts/store.ts';
import type { Settings } from '../env.ts';
import { openDatabase } from '../postgres/database.ts';
import { findEmbeddedPostgres } from '../postgres/embedded.ts';
import { AnotherRuns } from '../postgres/owner.ts';

/** Database and artifacts of a Studyhall, which may be running. */
export type OpenHouse = {
  databaseUrl: string;
  store: ArtifactStore;
  /** By this process, so that no API works on it. */
  held: boolean;
  close(): Promise<void>;
};

/** Larger ones are put back, too: they were taken in once. */
const anyBytes = Number.POSITIVE_INFINITY;

/** Opens what the settings name: beside an API that runs on it, or by itself where none does. */
export async function openHouse(settings: Settings, log: (line: string) => void, ending?: AbortSignal): Promise<OpenHouse> {
  const store = await openStore(settings, anyBytes);
  if (settings.databaseUrl) return { databaseUrl: settings.databaseUrl, store, held: false, close: async () => {} };
  try {
    const database = await openDatabase({ home: settings.home, log, ending });
    return { databaseUrl: database.url, store, held: true, close: database.close };
  } catch (error) {
    if (!(error instanceof AnotherRuns)) throw error;
    const running = await findEmbeddedPostgres(path.resolve(settings.home, 'postgres'), 'studyhall');
    if (!running) throw error;
    return { databaseUrl: running, store, held: false, close: async () => {} };
  }
}
