import { Prisma, type Tx } from '../db.ts';
import { newId } from '../ids.ts';
import { parseModelName } from './model-name.ts';

/** Ids of models by name; those never used before are stored. Names have been checked. */
export async function ensureModels(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const families = names.map((name) => {
    const parsed = parseModelName(name);
    if (typeof parsed === 'string') throw new Error(parsed);
    return parsed.family;
  });
  await tx.$executeRaw(Prisma.sql`
    INSERT INTO models (id, name, family)
    SELECT * FROM unnest(${names.map(() => newId('Model'))}::text[], ${[...names]}::text[], ${families}::text[])
    ON CONFLICT (name) DO NOTHING`);
  const models = await tx.model.findMany({ where: { name: { in: [...names] } } });
  return new Map(models.map(({ id, name }) => [name, id]));
}
