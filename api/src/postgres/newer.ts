import { readdir } from 'node:fs/promises';
import type { Tx } from '../db.ts';
import { migrationsFolder } from './migrate.ts';

/** What the database was brought up to, by another API, since this one started: migrations that this code does not know. */
export async function findNewer(tx: Tx, folder = migrationsFolder): Promise<string[]> {
  const known = await readdir(folder);
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`;
  return rows.map(({ name }) => name).filter((name) => !known.includes(name));
}
