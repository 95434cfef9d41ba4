import { Prisma, type Tx } from '../db.ts';

/** What people have written about a run, which nobody else changes until this transaction ends; undefined if there is no such run. */
export async function lockRunTexts(tx: Tx, id: string): Promise<{ note: string; tags: string[] } | undefined> {
  const [texts] = await tx.$queryRaw<{ note: string; tags: string[] }[]>(
    Prisma.sql`SELECT note, tags FROM runs WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  return texts;
}

/** The same of an experiment. */
export async function lockExperimentTexts(tx: Tx, id: string): Promise<{ title: string; note: string } | undefined> {
  const [texts] = await tx.$queryRaw<{ title: string; note: string }[]>(
    Prisma.sql`SELECT title, note FROM experiments WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  return texts;
}
