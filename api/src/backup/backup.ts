import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { syncFolder, writeDurably } from '../../../start/machine/durable.mjs';
import { artifactsLock } from '../artifacts/collect.ts';
import type { ArtifactStore } from '../artifacts/store.ts';
import { createClient } from '../postgres/client.ts';
import { appliedMigrations } from '../postgres/migrate.ts';
import { backupFormat, hashOf, type Manifest, places } from './manifest.ts';
import { readRows, rowsOf } from './rows.ts';
import { listTables, type Table } from './tables.ts';

export type BackupOptions = {
  databaseUrl: string;
  store: ArtifactStore;
  /** $STUDYHALL_HOME, for the keys that lie there. */
  home: string;
  /** Must not exist yet. */
  folder: string;
  now?: Date;
};

/**
 * Writes a backup of database, artifacts and keys into a new folder: as all of it was at one moment, while everything goes on. The folder
 * appears when it is whole.
 *
 * @throws if the folder exists or cannot be written. Then nothing of it remains.
 */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  const { folder, databaseUrl } = options;
  if (await stat(folder).catch(() => undefined)) throw new Error(`${folder} exists already: name a folder that does not.`);
  const partial = `${folder}.partial-${process.pid}`;
  const client = createClient(databaseUrl);
  await client.connect();
  try {
    await mkdir(path.join(partial, 'tables'), { recursive: true, mode: 0o700 });
    const manifest = await write(client, { ...options, folder: partial });
    await rename(partial, folder);
    await syncFolder(path.dirname(folder));
    return manifest;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).syscall
      ? new Error(`The backup could not be written into ${path.dirname(folder)} (${(error as Error).message}). Nothing of it was kept.`, {
          cause: error,
        })
      : error;
  } finally {
    await client.end().catch(() => {});
    await rm(partial, { recursive: true, force: true }).catch(() => {});
  }
}

async function write(client: pg.Client, { folder, store, home, now = new Date() }: BackupOptions): Promise<Manifest> {
  // Held by the session, until its end: what the snapshot refers to is not collected meanwhile.
  await client.query('SELECT pg_advisory_lock_shared($1)', [artifactsLock]);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const migrations = await appliedMigrations(client);
  const tables: Manifest['tables'] = [];
  for (const table of await listTables(client)) tables.push(await writeTable(client, table, places(folder).table(table.name)));
  const { missing, ...artifacts } = await writeArtifacts(client, store, folder);
  await client.query('COMMIT');
  const manifest: Manifest = {
    studyhallBackup: backupFormat,
    createdAt: now.toISOString(),
    migrations,
    tables,
    artifacts,
    missing,
    keys: await writeKeys(home, folder),
  };
  await writeDurably(places(folder).manifest, `${JSON.stringify(manifest, undefined, 2)}\n`);
  return manifest;
}

async function writeTable(client: pg.Client, table: Table, file: string): Promise<Manifest['tables'][number]> {
  let rows = 0;
  const hash = createHash('sha256');
  const lines = async function* () {
    for await (const line of readRows(client, rowsOf(table))) {
      rows++;
      yield `${line}\n`;
    }
  };
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(Readable.from(lines()), createGzip({ level: 4 }), check, createWriteStream(file, { mode: 0o600, flush: true }));
  return { name: table.name, rows, sha256: hash.digest('hex') };
}

/** Those that the snapshot knows; each is held against its name while it is read. */
async function writeArtifacts(client: pg.Client, store: ArtifactStore, folder: string) {
  const { artifactList, artifact } = places(folder);
  const missing: string[] = [];
  let [count, bytes] = [0, 0];
  const lines: string[] = [];
  for await (const line of readRows(client, 'SELECT sha256 FROM artifacts ORDER BY 1')) {
    const { sha256 } = JSON.parse(line) as { sha256: string };
    const size = await copyArtifact(store, sha256, artifact(sha256));
    if (size === undefined) {
      missing.push(sha256);
      continue;
    }
    count++;
    bytes += size;
    lines.push(`${sha256} ${size}\n`);
  }
  await writeFile(artifactList, lines.join(''), { mode: 0o600, flush: true });
  return { count, bytes, sha256: (await hashOf(artifactList)) ?? '', missing };
}

/** @returns its bytes; undefined where the store has none of that name, or others. */
async function copyArtifact(store: ArtifactStore, sha256: string, file: string): Promise<number | undefined> {
  if ((await store.size(sha256)) === undefined) return undefined;
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const hash = createHash('sha256');
  let bytes = 0;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(store.read(sha256), check, createWriteStream(file, { mode: 0o600, flush: true }));
  if (hash.digest('hex') === sha256) return bytes;
  await rm(file);
  return undefined;
}

async function writeKeys(home: string, folder: string): Promise<Manifest['keys']> {
  const keys: Manifest['keys'] = [];
  await mkdir(path.join(folder, 'keys'), { mode: 0o700 });
  for (const name of ['key', 'trainer-token'] as const) {
    const text = await readFile(path.join(home, name)).catch(() => undefined);
    if (!text) continue;
    await copyFile(path.join(home, name), places(folder).key(name));
    keys.push({ name, sha256: createHash('sha256').update(text).digest('hex') });
  }
  return keys;
}

/** The bytes of a file of the backup, for whoever puts them back. */
export const readArtifact = (folder: string, sha256: string) => createReadStream(places(folder).artifact(sha256));
