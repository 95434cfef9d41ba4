import { Prisma, type Tx } from '../db.ts';
import { engineName, offers } from './engine-name.ts';

/** Jobs that wait for a trainer, and jobs that one has. */
export type Demand = { queued: number; running: number };

/**
 * What a fleet is wanted for. A job that any engine may do counts for each that need not be asked for by name; one that is blocked by its teacher for none.
 *
 * @param engine as trainers name it, e.g. `compiled-cpu`
 */
export async function countDemand(tx: Tx, engine: string | undefined, dataset: string | undefined): Promise<Demand> {
  const ofEngine = engine
    ? Prisma.sql`AND EXISTS (SELECT FROM (SELECT ARRAY[${engine}] AS engines) f WHERE ${offers('j.engine', 'f.engines')})`
    : Prisma.empty;
  const ofDataset = dataset ? Prisma.sql`AND j.dataset_id IN (SELECT id FROM datasets WHERE name = ${dataset})` : Prisma.empty;
  const [counted] = await tx.$queryRaw<Demand[]>(Prisma.sql`
    SELECT (count(*) FILTER (WHERE j.state = 'QUEUED'))::int AS queued, (count(*) FILTER (WHERE j.state = 'RUNNING'))::int AS running
    FROM jobs j WHERE j.state IN ('QUEUED', 'RUNNING') ${ofEngine} ${ofDataset}`);
  return counted ?? { queued: 0, running: 0 };
}

export type Queues = { queued: Record<string, number>; running: number; online: number; stopping: number };

/** The same by the engine asked for, with the trainers that are there. */
export async function countQueues(tx: Tx): Promise<Queues> {
  const [counted] = await tx.$queryRaw<Queues[]>(Prisma.sql`
    SELECT coalesce((SELECT jsonb_object_agg(engine, jobs) FROM (
        SELECT ${engineName('engine')} AS engine, count(*) AS jobs FROM jobs WHERE state = 'QUEUED' GROUP BY 1
      ) q), '{}') AS queued,
      (SELECT count(*)::int FROM jobs WHERE state = 'RUNNING') AS running,
      (count(*) FILTER (WHERE NOT stopping AND NOT draining))::int AS online,
      (count(*) FILTER (WHERE stopping OR draining))::int AS stopping
    FROM trainers WHERE NOT "left"`);
  return counted ?? { queued: {}, running: 0, online: 0, stopping: 0 };
}
