import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { syncFolder } from '../../../start/machine/durable.mjs';
import type { ArtifactStore } from '../artifacts/store.ts';
import { writeNewFolder } from '../backup/new-folder.ts';
import { readRows, rowsOf } from '../backup/rows.ts';
import { listTables } from '../backup/tables.ts';
import { appliedMigrations } from '../postgres/migrate.ts';
import { csvHead, csvRow } from './csv.ts';
import { choose, parts, sheets } from './parts.ts';
import { intoFolder, type Sink } from './sink.ts';

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

/** Of what, and until when. */
export type ExportOf = {
  store: ArtifactStore;
  /** Id or slug; absent: everything. */
  experiment?: string | undefined;
  /** Aborted when it is to be given up. */
  ending?: AbortSignal;
};

export type ExportOptions = ExportOf & {
  databaseUrl: string;
  /** Must not exist yet. */
  folder: string;
};

/**
 * Writes runs that have ended, with all that is known of them, into a new folder: `tables/*.jsonl` for another Studyhall, `*.csv` for people,
 * `files/*.safetensors`. Nobody's keys, trainers or accounts are in it.
 *
 * @throws if the folder exists, or there is no such experiment.
 */
export async function exportRuns(options: ExportOptions): Promise<ExportManifest> {
  return writeNewFolder({ ...options, what: 'The export' }, async (client, partial) => {
    const manifest = await exportInto(client, intoFolder(partial, options.ending), options);
    await syncFolder(partial);
    return manifest;
  });
}

/**
 * The same into any sink, all as it was at one moment; the manifest comes last.
 *
 * @param client by which nothing is collected meanwhile; its transaction is begun and ended here
 */
export async function exportInto(client: pg.Client, sink: Sink, { store, experiment, ending }: ExportOf): Promise<ExportManifest> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
  const about = experiment === undefined ? null : await find(client, experiment);
  for (const sql of choose) await client.query(sql.replaceAll('$1', about ? client.escapeLiteral(about.id) : 'NULL'));
  const tables = await writeTables(client, sink);
  for (const [file, query] of Object.entries(sheets)) await sink.put(file, sheet(client, query));
  const missing = await writeFiles(client, sink, store, ending);
  const { rows } = await client.query<{ runs: number }>(
    `SELECT count(*)::int AS runs FROM runs r JOIN jobs j ON j.run_id = r.id
     WHERE j.state IN ('BLOCKED', 'QUEUED', 'RUNNING') AND ($1::text IS NULL OR r.experiment_id = $1)`,
    [about?.id ?? null],
  );
  const manifest: ExportManifest = {
    studyhallExport: exportFormat,
    createdAt: new Date().toISOString(),
    experiment: about?.slug ?? null,
    migrations: await appliedMigrations(client),
    tables,
    underWay: rows[0]?.runs ?? 0,
    missing,
  };
  await client.query('COMMIT');
  await sink.put('manifest.json', Readable.from([`${JSON.stringify(manifest, undefined, 2)}\n`]));
  return manifest;
}

type About = { id: string; slug: string };

async function find(client: pg.Client, experiment: string): Promise<About> {
  const { rows } = await client.query<About>('SELECT id, slug FROM experiments WHERE id = $1 OR slug = $1', [experiment]);
  if (!rows[0]) throw new Error(`There is no experiment "${experiment}": name it by its slug, which its page's address ends with.`);
  return rows[0];
}

async function writeTables(client: pg.Client, sink: Sink): Promise<ExportManifest['tables']> {
  const known = await listTables(client);
  const tables: ExportManifest['tables'] = [];
  for (const [name, which] of parts) {
    const table = known.find((candidate) => candidate.name === name);
    if (!table) throw new Error(`The database has no table ${name}.`);
    const hash = createHash('sha256');
    let rows = 0;
    const lines = async function* () {
      for await (const line of readRows(client, `${rowsOf(table)} ${which}`)) {
        rows++;
        hash.update(`${line}\n`);
        yield `${line}\n`;
      }
    };
    await sink.put(`tables/${name}.jsonl`, lines());
    tables.push({ name, rows, sha256: hash.digest('hex') });
  }
  return tables;
}

/** @returns the hashes of those that the store has not, or not any more as they were. */
async function writeFiles(client: pg.Client, sink: Sink, store: ArtifactStore, ending: AbortSignal | undefined): Promise<string[]> {
  const missing: string[] = [];
  const [, which] = parts.find(([name]) => name === 'artifacts') ?? ['', ''];
  for await (const line of readRows(client, `SELECT sha256 FROM artifacts ${which}`)) {
    ending?.throwIfAborted();
    const { sha256 } = JSON.parse(line) as { sha256: string };
    const name = `files/${sha256}.safetensors`;
    const bytes = await store.size(sha256);
    const hash = createHash('sha256');
    const content = async function* () {
      for await (const part of store.read(sha256)) {
        hash.update(part);
        yield part as Uint8Array;
      }
    };
    if (bytes !== undefined) await sink.put(name, content(), bytes);
    if (bytes !== undefined && hash.digest('hex') === sha256) continue;
    missing.push(sha256);
    await sink.drop(name);
  }
  return missing;
}

async function* sheet(client: pg.Client, query: string) {
  let headed = false;
  for await (const line of readRows(client, query)) {
    if (!headed) yield csvHead(line);
    headed = true;
    yield csvRow(line);
  }
}
