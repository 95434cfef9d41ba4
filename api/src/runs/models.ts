import { parseModelName } from '@studyhall/contract/spec/model-name.ts';
import type { Tx } from '../db.ts';
import { insertModels } from '../sql/models.ts';

/** Ids of models by name; those never used before are stored. Names have been checked. */
export async function ensureModels(tx: Tx, names: readonly string[]): Promise<Map<string, string>> {
  const models = names.map((name) => {
    const parsed = parseModelName(name);
    if (typeof parsed === 'string') throw new Error(parsed);
    return { name, family: parsed.family };
  });
  await insertModels(tx, models);
  const stored = await tx.model.findMany({ where: { name: { in: [...names] } } });
  return new Map(stored.map(({ id, name }) => [name, id]));
}
