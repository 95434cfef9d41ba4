import type pg from 'pg';

export type Table = { name: string /** Those that are stored, not computed. */; columns: string[] };

/** Prisma's list of migrations is in the manifest; what a transaction has yet to write, and which ones did, is of that server alone. */
const leftOut = ['_prisma_migrations', 'board_changes', 'board_moves'];

/**
 * All tables of the current schema, each behind those that it refers to: in this order their rows can be put in.
 *
 * @throws if tables refer to one another in a circle.
 */
export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table & { needs: string[] }>(
    `
    SELECT c.relname AS name,
      (SELECT coalesce(json_agg(a.attname ORDER BY a.attnum), '[]') FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '') AS columns,
      (SELECT coalesce(json_agg(DISTINCT t.relname), '[]') FROM pg_constraint f JOIN pg_class t ON t.oid = f.confrelid
        WHERE f.conrelid = c.oid AND f.contype = 'f' AND f.confrelid <> c.oid) AS needs
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    ORDER BY 1`,
    [leftOut],
  );
  const sorted: typeof rows = [];
  let waiting = rows;
  while (waiting.length > 0) {
    const ready = waiting.filter(({ needs }) => needs.every((need) => sorted.some(({ name }) => name === need)));
    if (ready.length === 0)
      throw new Error(`These tables refer to one another in a circle: ${waiting.map(({ name }) => name).join(', ')}.`);
    sorted.push(...ready);
    waiting = waiting.filter((table) => !ready.includes(table));
  }
  return sorted.map(({ name, columns }) => ({ name, columns }));
}

export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
