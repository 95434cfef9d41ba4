import { Prisma, type Tx } from '../db.ts';
import { urgency } from './claim.ts';
import { engineName, offers } from './engine-name.ts';

export type QueuePlace = {
  job_id: string;
  /** Absent for a job that is not of a run. */
  run_id: string | null;
  /** From 1. */
  position: number;
  dataset: string;
  engine: string;
  /** Trainers that are there and hold the dataset, … */
  holding: number;
  /** … and of those the ones that offer the engine. */
  fitting: number;
  /** Trainers that are there at all. */
  present: number;
};

/** Where the queued ones of these runs stand, and how many trainers could take them. */
export async function findQueuePlaces(tx: Tx, runIds: readonly string[]): Promise<QueuePlace[]> {
  return placesOf(tx, Prisma.sql`q.run_id = ANY (${[...runIds]})`);
}

/** The same of jobs, whatever their kind. */
export async function findQueuePlacesOfJobs(tx: Tx, jobIds: readonly string[]): Promise<QueuePlace[]> {
  return placesOf(tx, Prisma.sql`q.job_id = ANY (${[...jobIds]})`);
}

async function placesOf(tx: Tx, which: Prisma.Sql): Promise<QueuePlace[]> {
  return tx.$queryRaw<QueuePlace[]>(Prisma.sql`
    WITH queue AS (
      SELECT j.id AS job_id, j.run_id, j.dataset_id, j.engine, row_number() OVER (ORDER BY ${urgency} DESC, j.created_at, j.id)::int AS position
      FROM jobs j LEFT JOIN inherited_priorities i ON i.run_id = j.run_id WHERE j.state = 'QUEUED'
    ), fleet AS (
      SELECT id, engines FROM trainers WHERE NOT stopping AND NOT draining AND NOT "left"
    )
    SELECT q.job_id, q.run_id, q.position, d.name AS dataset, ${engineName('q.engine')} AS engine,
      (SELECT count(*)::int FROM fleet) AS present,
      count(f.id)::int AS holding,
      (count(f.id) FILTER (WHERE ${offers('q.engine', 'f.engines')}))::int AS fitting
    FROM queue q
    JOIN datasets d ON d.id = q.dataset_id
    LEFT JOIN trainer_datasets h ON h.dataset_id = q.dataset_id
    LEFT JOIN fleet f ON f.id = h.trainer_id
    WHERE ${which}
    GROUP BY q.job_id, q.run_id, q.position, d.name, q.engine`);
}

/** Runs of one state, counted per owner. */
export type StateCount = { owner: string; state: string; count: number };

/** Runs per state of each of these experiments, archived ones left out. */
export async function countRunsOfExperiments(tx: Tx, ids: readonly string[]): Promise<StateCount[]> {
  return tx.$queryRaw<StateCount[]>(Prisma.sql`
    SELECT r.experiment_id AS owner, j.state::text AS state, count(*)::int AS count
    FROM runs r JOIN jobs j ON j.run_id = r.id
    WHERE r.experiment_id = ANY (${[...ids]}) AND r.archived_at IS NULL
    GROUP BY 1, 2`);
}

/** Archived runs of each of these experiments. */
export async function countArchivedOfExperiments(tx: Tx, ids: readonly string[]): Promise<{ owner: string; count: number }[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT experiment_id AS owner, count(*)::int AS count FROM runs
    WHERE experiment_id = ANY (${[...ids]}) AND archived_at IS NOT NULL GROUP BY 1`);
}

/** Runs with a network of each of these models. */
export async function countRunsOfModels(tx: Tx, ids: readonly string[]): Promise<{ owner: string; count: number }[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT model_id AS owner, count(DISTINCT run_id)::int AS count FROM networks WHERE model_id = ANY (${[...ids]}) GROUP BY 1`);
}

/** Runs on each of these datasets. */
export async function countRunsOfDatasets(tx: Tx, ids: readonly string[]): Promise<{ owner: string; count: number }[]> {
  return tx.$queryRaw(Prisma.sql`
    SELECT dataset_id AS owner, count(*)::int AS count FROM runs WHERE dataset_id = ANY (${[...ids]}) GROUP BY 1`);
}
