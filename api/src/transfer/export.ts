import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type pg from 'pg';
import { writeDurably } from '../../../start/machine/durable.mjs';
import type { ArtifactStore } from '../artifacts/store.ts';
import { copyOut } from '../backup/artifact-files.ts';
import { Hashing } from '../backup/hashing.ts';
import { writeNewFolder } from '../backup/new-folder.ts';
import { readRows, rowsOf } from '../backup/rows.ts';
import { listTables } from '../backup/tables.ts';
import { appliedMigrations } from '../postgres/migrate.ts';
import { csvHead, csvRow } from './csv.ts';
import { choose, parts, sheets } from './parts.ts';

/** Raised when an export is laid out otherwise. */
export const exportFormat = 1;

export type ExportManifest = {
  studyhallExport: number;
  createdAt: string;
  /** Slug of the one that it is about; null: it is about everything. */
  experiment: string | null;
  migrations: string[];
  tables: { name: string; rows: number; sha256: string }[];
  /** Runs that have not ended, and so are not in it. */
  underWay: number;
  /** Files that the database knows and whose bytes are gone. */
  missing: string[];
};

export type ExportOptions = {
  databaseUrl: string;
  store: ArtifactStore;
  /** Must not exist yet. */
  folder: string;
  /** Id or slug; absent: everything. */
  experiment?: string | undefined;
};

/**
 * Writes runs that have ended, with all that is known of them, into a new folder: `tables/*.jsonl` for another Studyhall, `*.csv` for people,
 * `files/*.safetensors`. Nobody's keys, trainers or accounts are in it.
 *
 * @throws if the folder exists, or there is no such experiment.
 */
export async function exportRuns({ databaseUrl, store, folder, experiment }: ExportOptions): Promise<ExportManifest> {
  return writeNewFolder({ databaseUrl, folder, what: 'The export' }, async (client, partial) => {
    for (const name of ['tables', 'files']) await mkdir(path.join(partial, name), { recursive: true });
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const about = experiment === undefined ? null : await find(client, experiment);
    for (const sql of choose) await client.query(sql.replaceAll('$1', about ? client.escapeLiteral(about.id) : 'NULL'));
    const manifest = await write(client, store, partial, about);
    await client.query('COMMIT');
    await writeDurably(path.join(partial, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`, 0o644);
    return manifest;
  });
}

type About = { id: string; slug: string };

async function find(client: pg.Client, experiment: string): Promise<About> {
  const { rows } = await client.query<About>('SELECT id, slug FROM experiments WHERE id = $1 OR slug = $1', [experiment]);
  if (!rows[0]) throw new Error(`There is no experiment "${experiment}": name it by its slug, which its page's address ends with.`);
  return rows[0];
}

async function write(client: pg.Client, store: ArtifactStore, folder: string, about: About | null): Promise<ExportManifest> {
  const known = await listTables(client);
  const tables: ExportManifest['tables'] = [];
  const missing: string[] = [];
  for (const [name, which] of parts) {
    const table = known.find((candidate) => candidate.name === name);
    if (!table) throw new Error(`The database has no table ${name}.`);
    const hashing = new Hashing();
    let rows = 0;
    const lines = async function* () {
      for await (const line of readRows(client, `${rowsOf(table)} ${which}`)) {
        rows++;
        if (name === 'artifacts') await copyFile(line);
        yield `${line}\n`;
      }
    };
    const copyFile = async (line: string) => {
      const { sha256 } = JSON.parse(line) as { sha256: string };
      const copied = await copyOut(store, sha256, path.join(folder, 'files', `${sha256}.safetensors`));
      if (copied === undefined) missing.push(sha256);
    };
    const output = createWriteStream(path.join(folder, 'tables', `${name}.jsonl`), { flush: true });
    await pipeline(Readable.from(lines()), hashing, output);
    tables.push({ name, rows, sha256: hashing.digest() });
  }
  for (const [file, query] of Object.entries(sheets)) await writeSheet(client, query, path.join(folder, file));
  const { rows } = await client.query<{ runs: number }>(
    `SELECT count(*)::int AS runs FROM runs r JOIN jobs j ON j.run_id = r.id
     WHERE j.state IN ('BLOCKED', 'QUEUED', 'RUNNING') AND ($1::text IS NULL OR r.experiment_id = $1)`,
    [about?.id ?? null],
  );
  return {
    studyhallExport: exportFormat,
    createdAt: new Date().toISOString(),
    experiment: about?.slug ?? null,
    migrations: await appliedMigrations(client),
    tables,
    underWay: rows[0]?.runs ?? 0,
    missing,
  };
}

async function writeSheet(client: pg.Client, query: string, file: string): Promise<void> {
  const lines = async function* () {
    let headed = false;
    for await (const line of readRows(client, query)) {
      if (!headed) yield csvHead(line);
      headed = true;
      yield csvRow(line);
    }
  };
  await pipeline(Readable.from(lines()), createWriteStream(file, { flush: true }));
}
