import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { sha256Pattern } from '../artifacts/path.ts';

/** Raised when a backup is laid out otherwise. */
export const backupFormat = 1;

/** What a backup's folder holds. Written last: a folder without it is no backup. */
export type Manifest = {
  studyhallBackup: number;
  createdAt: string;
  /** Of the database at that moment, in their order. */
  migrations: string[];
  tables: { name: string; rows: number; sha256: string }[];
  /** The list of the artifacts beside this file, one line each: `SHA-256 bytes`. */
  artifacts: { count: number; bytes: number; sha256: string };
  /** Artifacts that the database knew and whose bytes were already missing. */
  missing: string[];
  keys: { name: 'key' | 'trainer-token'; sha256: string }[];
};

export const places = (folder: string) => ({
  manifest: path.join(folder, 'manifest.json'),
  table: (name: string) => path.join(folder, 'tables', `${name}.jsonl.gz`),
  artifactList: path.join(folder, 'artifacts.txt'),
  artifact: (hash: string) => path.join(folder, 'artifacts', hash.slice(0, 2), hash),
  key: (name: string) => path.join(folder, 'keys', name),
});

/** @throws if there is no backup in the folder, or one that this version cannot read. */
export async function readManifest(folder: string): Promise<Manifest> {
  const { manifest: file } = places(folder);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
    throw new Error(`${folder} is no backup, or one that was never finished: it has no manifest.json.`);
  });
  const manifest = parse(text);
  const format = manifest?.studyhallBackup;
  if (typeof format === 'number' && format > backupFormat)
    throw new Error(
      `The backup in ${folder} was made by a newer Studyhall (format ${format}; this one reads ${backupFormat}): update this one.`,
    );
  if (!manifest || format !== backupFormat || !isWhole(manifest)) throw new Error(`${file} is damaged, or no manifest of a backup.`);
  return manifest;
}

function parse(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Manifest) : undefined;
  } catch {
    return undefined;
  }
}

/** Names become parts of paths: only those of ours may. */
function isWhole({ migrations, tables, artifacts, keys }: Manifest): boolean {
  return (
    Array.isArray(migrations) &&
    migrations.length > 0 &&
    Array.isArray(tables) &&
    tables.every(({ name, rows, sha256 }) => /^\w+$/.test(name) && Number.isInteger(rows) && sha256Pattern.test(sha256)) &&
    sha256Pattern.test(artifacts?.sha256) &&
    Array.isArray(keys) &&
    keys.every(({ name, sha256 }) => ['key', 'trainer-token'].includes(name) && sha256Pattern.test(sha256))
  );
}

/** Hex SHA-256 of a file's bytes; undefined where there is no file. */
export async function hashOf(file: string): Promise<string | undefined> {
  if (!(await stat(file).catch(() => undefined))?.isFile()) return undefined;
  return hashOfBytes(createReadStream(file));
}

/** Hex SHA-256 of what a stream gives. */
export async function hashOfBytes(bytes: Readable): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(bytes, hash);
  return hash.digest('hex');
}
