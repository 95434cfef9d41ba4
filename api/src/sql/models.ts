import { Prisma, type Tx } from '../db.ts';
import { newId } from '../ids.ts';

/** Stores models that are not known yet. */
export async function insertModels(tx: Tx, models: readonly { name: string; family: string }[]): Promise<void> {
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO models (id, name, family)
    SELECT * FROM unnest(${models.map(() => newId('Model'))}::text[], ${models.map(({ name }) => name)}::text[],
      ${models.map(({ family }) => family)}::text[])
    ON CONFLICT (name) DO NOTHING`);
}
