import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type pg from 'pg';
import { sha256Pattern } from '../artifacts/path.ts';
import type { ArtifactStore } from '../artifacts/store.ts';
import { putIn } from '../backup/artifact-files.ts';
import { hashOf } from '../backup/manifest.ts';
import { insertRows } from '../backup/rows.ts';
import { listTables, quoted } from '../backup/tables.ts';
import { createClient } from '../postgres/client.ts';
import { appliedMigrations, applyMigrations } from '../postgres/migrate.ts';
import { unknownHere } from '../postgres/newer.ts';
import { type ExportManifest, exportFormat } from './export.ts';
import { parts } from './parts.ts';

export type Imported = {
  runs: number;
  /** That were here already, by their ids; they were left as they are. */
  runsKnown: number;
  analyses: number;
  analysesKnown: number;
  files: number;
};

export type ImportOptions = {
  databaseUrl: string;
  store: ArtifactStore;
  folder: string;
  /** Aborted when it is to be given up. */
  ending?: AbortSignal;
};

const coming = (name: string) => `coming_${name}`;

/**
 * What tells the coming rows apart from those that are here, in this order. Models and datasets are the same by what they are, not by their
 * ids; runs by their ids, with all that belongs to them; analyses by the question, whoever asked it.
 */
const reconcile = [
  `DELETE FROM coming_runs c USING runs r WHERE r.id = c.id`,
  ...['run_teachers', 'networks', 'epoch_metrics', 'cohort_metrics', 'measurements'].map(
    (name) => `DELETE FROM ${coming(name)} WHERE run_id NOT IN (SELECT id FROM coming_runs)`,
  ),
  `DELETE FROM coming_analyses c USING analyses a WHERE a.id = c.id OR a.identity = c.identity`,
  `DELETE FROM coming_analysed_networks WHERE analysis_id NOT IN (SELECT id FROM coming_analyses)`,
  `DELETE FROM coming_jobs j WHERE NOT EXISTS (SELECT FROM coming_runs r WHERE r.id = j.run_id)
     AND NOT EXISTS (SELECT FROM coming_analyses a WHERE a.id = j.analysis_id)`,
  ...['attempts', 'log_lines', 'job_artifacts'].map(
    (name) => `DELETE FROM ${coming(name)} WHERE job_id NOT IN (SELECT id FROM coming_jobs)`,
  ),
  `UPDATE coming_networks n SET model_id = m.id FROM coming_models c JOIN models m ON m.name = c.name WHERE n.model_id = c.id`,
  ...['runs', 'analyses', 'jobs'].map(
    (name) =>
      `UPDATE ${coming(name)} t SET dataset_id = d.id FROM coming_datasets c JOIN datasets d ON d.name = c.name AND d.hash = c.hash WHERE t.dataset_id = c.id`,
  ),
  // Another experiment here may be called the same.
  `UPDATE coming_experiments c SET slug = c.slug || '-' || right(c.id, 6) FROM experiments e WHERE e.slug = c.slug AND e.id <> c.id`,
  `UPDATE coming_runs r SET experiment_id = NULL WHERE experiment_id NOT IN (SELECT id FROM experiments UNION SELECT id FROM coming_experiments)`,
  `UPDATE coming_run_teachers SET teacher_run_id = NULL WHERE teacher_run_id NOT IN (SELECT id FROM runs UNION SELECT id FROM coming_runs)`,
  `UPDATE coming_analysed_networks SET run_id = NULL WHERE run_id NOT IN (SELECT id FROM runs UNION SELECT id FROM coming_runs)`,
  // Trainers and tokens stay where they are; attempts keep their trainer's name.
  `UPDATE coming_jobs SET trainer_id = NULL, lease_expires_at = NULL`,
  `UPDATE coming_attempts SET trainer_id = NULL, claim_id = NULL`,
  `UPDATE coming_artifacts SET token_id = NULL, touched_at = now()`,
  `DELETE FROM coming_artifacts WHERE sha256 NOT IN (SELECT sha256 FROM coming_job_artifacts)`,
];

/**
 * Takes in what another Studyhall exported: ids, names and times as they were. What is here already is left as it is. All of it, or nothing.
 *
 * @throws if it is no export, is not whole, or is of a newer version.
 */
export async function importRuns({ databaseUrl, store, folder, ending }: ImportOptions): Promise<Imported> {
  const manifest = await checkExport(folder);
  const client = createClient(databaseUrl);
  await client.connect();
  try {
    // Nobody has started on it yet.
    if ((await appliedMigrations(client)).length === 0) await applyMigrations(databaseUrl);
    await client.query('BEGIN');
    const known = await listTables(client);
    const read: Record<string, number> = {};
    for (const [name] of parts) {
      ending?.throwIfAborted();
      const columns = known.find((table) => table.name === name)?.columns ?? [];
      await client.query(`CREATE TEMP TABLE ${coming(name)} (LIKE ${quoted(name)} INCLUDING DEFAULTS) ON COMMIT DROP`);
      const lines = createInterface({ input: createReadStream(fileOf(folder, name)), crlfDelay: Infinity });
      read[name] = (await insertRows(client, { name: coming(name), columns }, lines)).read;
    }
    for (const sql of reconcile) await client.query(sql);
    const files = await takeFiles(client, store, folder, manifest, ending);
    const inserted: Record<string, number> = {};
    for (const [name] of parts) {
      const columns = known
        .find((table) => table.name === name)
        ?.columns.map(quoted)
        .join(', ');
      const { rowCount } = await client.query(
        `INSERT INTO ${quoted(name)} (${columns}) SELECT ${columns} FROM ${coming(name)} ON CONFLICT DO NOTHING`,
      );
      inserted[name] = rowCount ?? 0;
    }
    await client.query('COMMIT');
    const [runs = 0, analyses = 0] = [inserted.runs, inserted.analyses];
    return { runs, runsKnown: (read.runs ?? 0) - runs, analyses, analysesKnown: (read.analyses ?? 0) - analyses, files };
  } finally {
    await client.end().catch(() => {});
  }
}

const fileOf = (folder: string, name: string) => path.join(folder, 'tables', `${name}.jsonl`);

async function checkExport(folder: string): Promise<ExportManifest> {
  const file = path.join(folder, 'manifest.json');
  let manifest: ExportManifest;
  try {
    manifest = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new Error(`${folder} is no export, or one that was never finished: ${(error as Error).message}`, { cause: error });
  }
  const format = manifest?.studyhallExport;
  if (typeof format !== 'number' || !Array.isArray(manifest.migrations) || !Array.isArray(manifest.tables))
    throw new Error(`${file} is not the manifest of an export. (A backup comes back by npm run restore.)`);
  const newer = await unknownHere(manifest.migrations);
  if (format > exportFormat || newer.length > 0)
    throw new Error(
      `The export was made by a newer Studyhall (${newer.join(', ') || `format ${format}`}): update this one. Nothing was changed.`,
    );
  for (const [name] of parts) {
    const entry = manifest.tables.find((table) => table.name === name);
    if (!entry || (await hashOf(fileOf(folder, name))) !== entry.sha256)
      throw new Error(`The export is not whole: ${fileOf(folder, name)} is missing, cut short or was changed. Nothing was changed.`);
  }
  return manifest;
}

/** Those that coming rows refer to and that are not here; the ones whose bytes the exporter had lost, and what refers to them, are left out. */
async function takeFiles(
  client: pg.Client,
  store: ArtifactStore,
  folder: string,
  { missing }: ExportManifest,
  ending: AbortSignal | undefined,
): Promise<number> {
  const { rows } = await client.query<{ sha256: string }>('SELECT sha256 FROM coming_artifacts');
  const lost: string[] = [];
  let files = 0;
  for (const { sha256 } of rows) {
    ending?.throwIfAborted();
    if (!sha256Pattern.test(sha256)) throw new Error(`The export names a file "${sha256}", which is no SHA-256. Nothing was changed.`);
    if ((await store.size(sha256)) !== undefined) continue;
    const file = path.join(folder, 'files', `${sha256}.safetensors`);
    if ((await hashOf(file)) !== sha256) {
      if (!missing?.includes(sha256)) throw new Error(`The export is not whole: ${file} is missing or damaged. Nothing was changed.`);
      lost.push(sha256);
      continue;
    }
    await putIn(store, sha256, file);
    files++;
  }
  for (const name of ['job_artifacts', 'artifacts']) await client.query(`DELETE FROM ${coming(name)} WHERE sha256 = ANY ($1)`, [lost]);
  return files;
}
