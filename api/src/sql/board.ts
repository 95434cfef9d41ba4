import { Prisma, type Tx } from '../db.ts';

/** The groups that runs are of, and those that rows of the board are of. */
export async function findBoardGroups(tx: Tx): Promise<{ groups: string[]; kept: string[] }> {
  const keys = async (from: Prisma.Sql) => (await tx.$queryRaw<{ group_key: string }[]>(from)).map(({ group_key }) => group_key);
  return {
    groups: await keys(Prisma.sql`SELECT DISTINCT group_key FROM runs WHERE archived_at IS NULL`),
    kept: await keys(Prisma.sql`
      SELECT group_key FROM board_groups UNION SELECT group_key FROM board_rows UNION SELECT group_key FROM board_points
      UNION SELECT group_key FROM board_means`),
  };
}

/** Writes the rows of these groups, under their locks (see the migration `kept_board`). */
export async function rewriteGroups(tx: Tx, groupKeys: readonly string[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`SELECT board_rewrite(${[...groupKeys]})`);
}
