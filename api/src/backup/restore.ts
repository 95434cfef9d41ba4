import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import type pg from 'pg';
import type { ArtifactStore } from '../artifacts/store.ts';
import { createClient } from '../postgres/client.ts';
import { applyMigrations } from '../postgres/migrate.ts';
import { unknownHere } from '../postgres/newer.ts';
import { putIn } from './artifact-files.ts';
import { hashOf, hashOfBytes, type Manifest, places, readManifest } from './manifest.ts';
import { insertRows } from './rows.ts';
import { listTables, quoted } from './tables.ts';

export type RestoreOptions = {
  /** Nobody else may be working on it. */
  databaseUrl: string;
  store: ArtifactStore;
  home: string;
  folder: string;
  /** The database is held by this process alone: who else is connected need not be asked. */
  held?: boolean;
  /** Put the backup in the place of what is there. */
  replace?: boolean;
  /** Aborted when it is to be given up, as long as nothing has taken the place of what is there. */
  ending?: AbortSignal;
};

/** Where the tables are made anew, until they take the place of those that are there. */
const beside = 'studyhall_restore';

/**
 * Brings a backup back: all of it, or nothing. It is checked whole before anything is changed; then the database is made beside the one that is
 * there and takes its place in one transaction, and is brought up to this version.
 *
 * @throws if the backup is of a newer version, or is not whole; if there is something already and `replace` was not said; if others are at work.
 */
export async function restore(options: RestoreOptions): Promise<Manifest> {
  const { folder, databaseUrl, store, replace = false, held = false, ending } = options;
  const manifest = await checkBackup(folder, ending);
  const client = createClient(databaseUrl);
  await client.connect();
  try {
    if (!held) await refuseOthers(client);
    if (!replace) await refuseFull(client);
    for (const { sha256 } of await listed(folder)) {
      ending?.throwIfAborted();
      await putBack(store, folder, sha256);
    }
    await client.query(`DROP SCHEMA IF EXISTS ${beside} CASCADE`);
    await client.query(`CREATE SCHEMA ${beside}`);
    await fill(databaseUrl, manifest, folder, ending);
    ending?.throwIfAborted();
    await swap(client, held);
  } catch (error) {
    await client.query(`DROP SCHEMA IF EXISTS ${beside} CASCADE`).catch(() => {});
    throw error;
  } finally {
    await client.end().catch(() => {});
  }
  await putKeysBack(options, manifest);
  return manifest;
}

/** @throws naming the first thing that is not as the manifest says. */
async function checkBackup(folder: string, ending: AbortSignal | undefined): Promise<Manifest> {
  const manifest = await readManifest(folder);
  const newer = await unknownHere(manifest.migrations);
  if (newer.length > 0)
    throw new Error(
      `The backup was made by a newer Studyhall: it has the migration ${newer.join(', ')}, which this version does not know. Update this one. Nothing was changed.`,
    );
  const place = places(folder);
  const files: [string, string][] = [
    ...manifest.tables.map(({ name, sha256 }): [string, string] => [place.table(name), sha256]),
    [place.artifactList, manifest.artifacts.sha256],
    ...manifest.keys.map(({ name, sha256 }): [string, string] => [place.key(name), sha256]),
  ];
  for (const [file, sha256] of files) await checkFile(file, sha256);
  for (const { sha256 } of await listed(folder)) {
    ending?.throwIfAborted();
    await checkFile(place.artifact(sha256), sha256);
  }
  return manifest;
}

async function checkFile(file: string, sha256: string): Promise<void> {
  const found = await hashOf(file);
  if (found === sha256) return;
  throw new Error(
    found === undefined
      ? `The backup is not whole: ${file} is missing. Nothing was changed.`
      : `The backup is damaged: ${file} is cut short or was changed (its SHA-256 is ${found}, not ${sha256}). Nothing was changed.`,
  );
}

async function listed(folder: string): Promise<{ sha256: string }[]> {
  const text = await readFile(places(folder).artifactList, 'utf8');
  return text.split('\n').flatMap((line) => (line === '' ? [] : [{ sha256: line.slice(0, 64) }]));
}

async function refuseOthers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ others: number }>(
    `SELECT count(*)::int AS others FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'`,
  );
  const others = rows[0]?.others ?? 0;
  if (others > 0)
    throw new Error(
      `${others} other ${others === 1 ? 'connection is' : 'connections are'} open to the database: stop every API that works on it, then restore. Nothing was changed.`,
    );
}

async function refuseFull(client: pg.Client): Promise<void> {
  for (const { name } of await listTables(client)) {
    const { rowCount } = await client.query(`SELECT FROM ${quoted(name)} LIMIT 1`);
    if (rowCount)
      throw new Error(
        `This Studyhall is not empty (there are rows in ${name}). To put the backup in the place of all that is there, say --replace. Nothing was changed.`,
      );
  }
}

async function putBack(store: ArtifactStore, folder: string, sha256: string): Promise<void> {
  if ((await store.size(sha256)) !== undefined && (await hashOfBytes(store.read(sha256))) === sha256) return;
  await store.remove(sha256);
  await putIn(store, sha256, places(folder).artifact(sha256));
}

/** Makes the tables as they were when the backup was made, fills them, and applies what migrations came since. */
async function fill(databaseUrl: string, manifest: Manifest, folder: string, ending: AbortSignal | undefined): Promise<void> {
  const url = new URL(databaseUrl);
  url.searchParams.set('options', `-c search_path=${beside}`);
  await applyMigrations(url.toString(), { only: manifest.migrations });
  const client = createClient(url.toString());
  await client.connect();
  try {
    await client.query('BEGIN');
    const tables = await listTables(client);
    // They would compute what the backup has, and tell watchers of what is no news.
    for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} DISABLE TRIGGER USER`);
    for (const table of tables) {
      ending?.throwIfAborted();
      // A migration may have put rows in.
      await client.query(`DELETE FROM ${quoted(table.name)}`);
      const entry = manifest.tables.find(({ name }) => name === table.name);
      if (!entry) continue;
      const lines = createInterface({
        input: createReadStream(places(folder).table(table.name)).pipe(createGunzip()),
        crlfDelay: Infinity,
      });
      const { inserted } = await insertRows(client, table, lines);
      if (inserted !== entry.rows) throw new Error(`Table ${table.name} has ${inserted} rows; the manifest says ${entry.rows}.`);
    }
    for (const { name } of tables) await client.query(`ALTER TABLE ${quoted(name)} ENABLE TRIGGER USER`);
    await client.query('COMMIT');
  } finally {
    await client.end();
  }
  await applyMigrations(url.toString());
}

async function swap(client: pg.Client, held: boolean): Promise<void> {
  await client.query('BEGIN');
  try {
    if (!held) await refuseOthers(client);
    await client.query('DROP SCHEMA IF EXISTS public CASCADE');
    await client.query(`ALTER SCHEMA ${beside} RENAME TO public`);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

/** Keys that are there and others are set aside, as when a database does not know them. */
async function putKeysBack({ home, folder }: RestoreOptions, { keys }: Manifest): Promise<void> {
  await mkdir(home, { recursive: true });
  for (const { name, sha256 } of keys) {
    const file = path.join(home, name);
    if ((await hashOf(file)) === sha256) continue;
    for (let number = 1; await stat(file).catch(() => undefined); number++) {
      const aside = `${file}.other-${number}`;
      if (!(await stat(aside).catch(() => undefined))) await rename(file, aside);
    }
    await copyFile(places(folder).key(name), file);
  }
}
