import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type pg from 'pg';
import { writeDurably } from '../../../start/machine/durable.mjs';
import type { ArtifactStore } from '../artifacts/store.ts';
import { appliedMigrations } from '../postgres/migrate.ts';
import { copyOut } from './artifact-files.ts';
import { Hashing } from './hashing.ts';
import { backupFormat, hashOf, type Manifest, places } from './manifest.ts';
import { writeNewFolder } from './new-folder.ts';
import { readRows, rowsOf } from './rows.ts';
import { listTables, type Table } from './tables.ts';

/** There are keys in it. */
const ownerOnly = { file: 0o600, folder: 0o700 };

export type BackupOptions = {
  databaseUrl: string;
  store: ArtifactStore;
  /** $STUDYHALL_HOME, for the keys that lie there. */
  home: string;
  /** Must not exist yet. */
  folder: string;
  now?: Date;
  /** Aborted when it is to be given up. */
  ending?: AbortSignal;
};

/**
 * Writes a backup of database, artifacts and keys into a new folder: as all of it was at one moment, while everything goes on. The folder
 * appears when it is whole.
 *
 * @throws if the folder exists or cannot be written. Then nothing of it remains.
 */
export async function backUp(options: BackupOptions): Promise<Manifest> {
  return writeNewFolder({ ...options, what: 'The backup' }, (client, partial) => write(client, { ...options, folder: partial }));
}

async function write(client: pg.Client, { folder, store, home, now = new Date(), ending }: BackupOptions): Promise<Manifest> {
  await mkdir(path.join(folder, 'tables'), { recursive: true, mode: ownerOnly.folder });
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const migrations = await appliedMigrations(client);
  const tables: Manifest['tables'] = [];
  for (const table of await listTables(client)) tables.push(await writeTable(client, table, places(folder).table(table.name)));
  const { missing, ...artifacts } = await writeArtifacts(client, store, folder, ending);
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
  const lines = async function* () {
    for await (const line of readRows(client, rowsOf(table))) {
      rows++;
      yield `${line}\n`;
    }
  };
  const hashing = new Hashing();
  const output = createWriteStream(file, { mode: ownerOnly.file, flush: true });
  await pipeline(Readable.from(lines()), createGzip({ level: 4 }), hashing, output);
  return { name: table.name, rows, sha256: hashing.digest() };
}

/** Those that the snapshot knows; each is held against its name while it is read. */
async function writeArtifacts(client: pg.Client, store: ArtifactStore, folder: string, ending: AbortSignal | undefined) {
  const { artifactList, artifact } = places(folder);
  const missing: string[] = [];
  let [count, bytes] = [0, 0];
  const lines: string[] = [];
  for await (const line of readRows(client, 'SELECT sha256 FROM artifacts ORDER BY 1')) {
    const { sha256 } = JSON.parse(line) as { sha256: string };
    const size = await copyOut(store, sha256, artifact(sha256), { modes: ownerOnly, ending });
    if (size === undefined) {
      missing.push(sha256);
      continue;
    }
    count++;
    bytes += size;
    lines.push(`${sha256} ${size}\n`);
  }
  await writeFile(artifactList, lines.join(''), { mode: ownerOnly.file, flush: true });
  return { count, bytes, sha256: (await hashOf(artifactList)) ?? '', missing };
}

async function writeKeys(home: string, folder: string): Promise<Manifest['keys']> {
  const keys: Manifest['keys'] = [];
  await mkdir(path.join(folder, 'keys'), { mode: ownerOnly.folder });
  for (const name of ['key', 'trainer-token'] as const) {
    const text = await readFile(path.join(home, name)).catch(() => undefined);
    if (!text) continue;
    await copyFile(path.join(home, name), places(folder).key(name));
    keys.push({ name, sha256: createHash('sha256').update(text).digest('hex') });
  }
  return keys;
}
