import type { Tx } from '../db.ts';
import { reasonOf } from '../jobs/waiting.ts';
import { findQueuePlaces } from '../sql/queue.ts';
import { listRuns } from '../sql/run-list.ts';

/** Where a run stands, and why, as its page says. */
export async function standing(tx: Tx, id: string): Promise<{ state: string; reason: string | null }> {
  const include = { job: true, teachers: { include: { teacherRun: { include: { job: true } } }, orderBy: { position: 'asc' as const } } };
  const run = await tx.run.findUniqueOrThrow({ where: { id }, include });
  const reason = await reasonOf(run, async () => (await findQueuePlaces(tx, [id]))[0]);
  return { state: run.job?.state ?? 'FAILED', reason };
}

/** Place of a queued run: 1 is next. */
export async function queuePosition(tx: Tx, id: string): Promise<number | undefined> {
  return (await findQueuePlaces(tx, [id]))[0]?.position;
}

/** The queue as the list of runs shows it, in its order. */
export async function queue(tx: Tx): Promise<{ id: string; queuePosition: number | undefined; reason: string | null }[]> {
  const filter = { archived: false, states: ['QUEUED' as const] };
  const places = await listRuns(tx, { filter, sort: 'ACTIVITY', direction: 'DESC', backward: false, beyond: undefined, limit: 100 });
  return Promise.all(
    places.map(async ({ id }) => ({ id, queuePosition: await queuePosition(tx, id), reason: (await standing(tx, id)).reason })),
  );
}
