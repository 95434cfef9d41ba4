import { readdir } from 'node:fs/promises';
import type { Tx } from '../db.ts';
import { listApplied, migrationsFolder } from './migrate.ts';

/** Of these migrations those that this code does not know: whatever has them is of a newer Studyhall. */
export async function unknownHere(migrations: readonly string[], folder = migrationsFolder): Promise<string[]> {
  const known = await readdir(folder);
  return migrations.filter((name) => !known.includes(name));
}

/** What the database was brought up to, by another API, since this one started: migrations that this code does not know. */
export async function findNewer(tx: Tx, folder = migrationsFolder): Promise<string[]> {
  const rows = await tx.$queryRawUnsafe<{ name: string }[]>(listApplied);
  return unknownHere(
    rows.map(({ name }) => name),
    folder,
  );
}
