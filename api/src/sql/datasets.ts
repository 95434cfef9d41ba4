import { Prisma, type Tx } from '../db.ts';
import { newId } from '../ids.ts';

export type AnnouncedDataset = {
  name: string;
  hash: string;
  views: readonly { name: string; shape: readonly number[] }[];
  classes: readonly { name: string; superclass?: string | null | undefined }[];
  trainSize: number;
  testSize: number;
};

/** Stores what a trainer announces; of equal name and hash, what it says now. @returns the datasets' ids. */
export async function upsertDatasets(tx: Tx, datasets: readonly AnnouncedDataset[]): Promise<string[]> {
  const ids: string[] = [];
  for (const { name, hash, views, classes, trainSize, testSize } of datasets) {
    const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
      VALUES (${newId('Dataset')}, ${name}, ${hash}, ${JSON.stringify(views)}::jsonb, ${JSON.stringify(classes)}::jsonb, ${trainSize}, ${testSize})
      ON CONFLICT (name, hash) DO UPDATE SET
        announced_at = now(), views = excluded.views, classes = excluded.classes,
        train_size = excluded.train_size, test_size = excluded.test_size
      RETURNING id`);
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}
