import type { DatasetFacts } from '@studyhall/contract/spec/dataset-facts.ts';
import type { Tx } from '../db.ts';
import { factsOf } from '../runs/prepare.ts';

export type AnnouncedDataset = DatasetFacts & { hash: string };

/** Datasets by name, as they were announced last. */
export async function findPresetDatasets(tx: Tx, names: readonly string[]): Promise<Map<string, AnnouncedDataset>> {
  const rows = await tx.dataset.findMany({ where: { name: { in: [...names] } }, orderBy: { announcedAt: 'asc' } });
  return new Map(rows.map((row) => [row.name, { ...factsOf(row), hash: row.hash }]));
}
