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

/** Views and classes as they are stored. */
const factsOf = ({ views, classes }: AnnouncedDataset) => ({
  views: JSON.stringify(views.map(({ name, shape }) => ({ name, shape }))),
  classes: JSON.stringify(classes.map(({ name, superclass }) => ({ name, superclass: superclass ?? null }))),
});

/** Whether two say other things of equal content. */
export function contradicts(one: AnnouncedDataset, other: AnnouncedDataset): boolean {
  const say = (dataset: AnnouncedDataset) => JSON.stringify([factsOf(dataset), dataset.trainSize, dataset.testSize]);
  return one.hash === other.hash && say(one) !== say(other);
}

/** Which of these say other things of their content than was said of it before. A hash covers all of what they say. */
export async function findStrangers(tx: Tx, datasets: readonly AnnouncedDataset[]): Promise<Set<AnnouncedDataset>> {
  const facts = datasets.map(factsOf);
  const rows = await tx.$queryRaw<{ place: number }[]>(Prisma.sql`
    SELECT DISTINCT a.place::int AS place
    FROM unnest(${datasets.map(({ hash }) => hash)}::text[], ${facts.map(({ views }) => views)}::jsonb[], ${facts.map(({ classes }) => classes)}::jsonb[],
      ${datasets.map(({ trainSize }) => trainSize)}::int[], ${datasets.map(({ testSize }) => testSize)}::int[])
      WITH ORDINALITY AS a(hash, views, classes, train_size, test_size, place)
    JOIN datasets d ON d.hash = a.hash
    WHERE jsonb_strip_nulls(d.views) <> jsonb_strip_nulls(a.views) OR jsonb_strip_nulls(d.classes) <> jsonb_strip_nulls(a.classes)
      OR d.train_size <> a.train_size OR d.test_size <> a.test_size`);
  return new Set(rows.flatMap(({ place }) => datasets[place - 1] ?? []));
}

/** Stores what a trainer announces; known content is announced anew. @returns the datasets' ids. */
export async function upsertDatasets(tx: Tx, datasets: readonly AnnouncedDataset[]): Promise<string[]> {
  const ids: string[] = [];
  for (const dataset of datasets) {
    const { name, hash, trainSize, testSize } = dataset;
    const { views, classes } = factsOf(dataset);
    const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`
      INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
      VALUES (${newId('Dataset')}, ${name}, ${hash}, ${views}::jsonb, ${classes}::jsonb, ${trainSize}, ${testSize})
      ON CONFLICT (name, hash) DO UPDATE SET announced_at = now()
      RETURNING id`);
    ids.push(...rows.map(({ id }) => id));
  }
  return ids;
}

/** Forgets datasets that nobody has held for an hour and no run is of. @returns how many. */
export async function forgetUnheld(tx: Tx): Promise<number> {
  return tx.$executeRaw(Prisma.sql`
    DELETE FROM datasets d
    WHERE announced_at < now() - interval '1 hour' AND NOT EXISTS (SELECT FROM trainer_datasets t WHERE t.dataset_id = d.id)
      AND NOT EXISTS (SELECT FROM runs r WHERE r.dataset_id = d.id)`);
}
