import type { Figure, Measure, Split } from '@studyhall/contract/measures/measure.ts';
import { Prisma, type Tx } from '../db.ts';
import type { Method } from '../generated/prisma/client.ts';

export type Direction = 'ASC' | 'DESC';
/** By a measure's mean over seeds, which may lie in a column; or by one of the rest. */
export type BoardSort =
  | (Figure & Pick<Measure, 'column'>)
  | 'VALIDATION_ACCURACY'
  | 'TEST_ACCURACY'
  | 'VALIDATION_GAIN'
  | 'PARAMETERS'
  | 'SEEDS'
  | 'LABEL';

export type BoardFilter = {
  dataset?: string | null | undefined;
  experimentId?: string | null | undefined;
  groupKeys?: readonly string[] | null | undefined;
  methods?: readonly string[] | null | undefined;
  models?: readonly string[] | null | undefined;
  members: 'ALL' | 'NETWORKS' | 'ENSEMBLES';
  includeTeachers: boolean;
  minSeeds: number;
  trainSamples?: number | null | undefined;
  search?: string | null | undefined;
};

export type BoardPage = { filter: BoardFilter; sort: BoardSort; direction: Direction; offset: number; limit: number };

export type BoardPoint = {
  runId: string;
  seed: number;
  /** -1 for the ensemble. */
  network: number;
  trainAccuracy: number | null;
  validationAccuracy: number | null;
  testAccuracy: number | null;
  trainLoss: number | null;
  validationLoss: number | null;
  testLoss: number | null;
  /** The independent twin of the same seed; null for rows that are independent themselves, and where there is none. */
  twin: { validationAccuracy: number | null; testAccuracy: number | null } | null;
};

/** A group's network (`index` from 0) or its ensemble (`index` null), with a point per seed. */
export type BoardRecord = {
  group_key: string;
  index: number | null;
  role: 'STUDENT' | 'PEER' | 'TEACHER' | null;
  label: string;
  method: Method;
  dataset_id: string;
  experiment_id: string | null;
  train_samples: number;
  labelled_fraction: number;
  withheld_classes: number[];
  models: string[];
  parameters: number | null;
  n: number;
  seeds: number[];
  repeats: number;
  counts: Record<string, number>;
  points: BoardPoint[];
  /** Of the group's ensemble; none for cohorts of one. */
  ensemble_points: BoardPoint[];
  total: number;
};

/** Escapes what LIKE would take for wildcards. */
export const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** Which groups are shown. One belongs to an experiment if one of its runs does; the same bytes are one dataset, whatever it is called. */
function groupConditions({ experimentId, search }: BoardFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (experimentId) conditions.push(Prisma.sql`g.experiment_ids @> ARRAY[${experimentId}]`);
  if (search) {
    const like = containing(search);
    // Lowered once, not for each group.
    conditions.push(Prisma.sql`(g.words LIKE (SELECT lower(${like})) OR g.experiment_ids && ARRAY(
      SELECT id FROM experiments WHERE title ILIKE ${like} OR slug ILIKE ${like}))`);
  }
  return conditions;
}

function rowConditions(filter: BoardFilter): Prisma.Sql {
  const { dataset, groupKeys, methods, models, members, includeTeachers, minSeeds, trainSamples } = filter;
  const conditions = [Prisma.sql`b.n >= ${minSeeds}`];
  if (members === 'NETWORKS') conditions.push(Prisma.sql`b.member >= 0`);
  if (members === 'ENSEMBLES') conditions.push(Prisma.sql`b.member = -1`);
  if (!includeTeachers) conditions.push(Prisma.sql`b.role IS DISTINCT FROM 'TEACHER'`);
  if (dataset) conditions.push(Prisma.sql`b.dataset_hash IN (SELECT hash FROM datasets WHERE name = ${dataset})`);
  if (groupKeys) conditions.push(Prisma.sql`b.group_key = ANY (${[...groupKeys]})`);
  if (methods) conditions.push(Prisma.sql`b.method::text = ANY (${[...methods]})`);
  if (models) conditions.push(Prisma.sql`b.models && ${[...models]}`);
  if (trainSamples != null) conditions.push(Prisma.sql`b.train_samples = ${trainSamples}`);
  const groups = groupConditions(filter);
  if (groups.length > 0)
    conditions.push(Prisma.sql`b.group_key IN (SELECT g.group_key FROM board_groups g WHERE ${Prisma.join(groups, ' AND ')})`);
  return Prisma.join(conditions, ' AND ');
}

/** What rows are put in order by: a column of theirs, or the kept mean of a figure. */
type Order = { column: Prisma.Sql } | { measure: string; split: Split };

function orderOf(sort: BoardSort): Order {
  switch (sort) {
    case 'PARAMETERS':
      return { column: Prisma.sql`b.parameters` };
    case 'SEEDS':
      return { column: Prisma.sql`b.n` };
    case 'LABEL':
      return { column: Prisma.sql`b.label` };
    case 'VALIDATION_GAIN':
      return { column: Prisma.sql`b.validation_gain` };
    case 'VALIDATION_ACCURACY':
      return { column: Prisma.sql`b.validation_accuracy` };
    case 'TEST_ACCURACY':
      return { column: Prisma.sql`b.test_accuracy` };
    default: {
      const { measure, split, column } = sort;
      if (column === 'accuracy' && split !== 'TRAIN') return orderOf(`${split}_ACCURACY`);
      return { measure: column ?? measure, split };
    }
  }
}

/**
 * One page of the leaderboard, ordered by means over seeds: of the kept rows those that are shown, with what is kept of their groups. How
 * many runs stand how is counted for these alone.
 */
export async function readBoardRecords(tx: Tx, { filter, sort, direction, offset, limit }: BoardPage): Promise<BoardRecord[]> {
  const order = orderOf(sort);
  const conditions = rowConditions(filter);
  const means =
    'measure' in order
      ? Prisma.sql`LEFT JOIN board_means o ON o.group_key = b.group_key AND o.member = b.member AND o.measure = ${order.measure} AND o.split = ${order.split}`
      : Prisma.empty;
  const by = 'measure' in order ? Prisma.sql`o.value` : order.column;
  const places = Prisma.sql`${by} ${Prisma.raw(direction)} NULLS LAST, b.label, b.group_key, b.member < 0, b.member`;
  return tx.$queryRaw<BoardRecord[]>(Prisma.sql`
    WITH page AS MATERIALIZED (
      SELECT b.*, row_number() OVER () AS place
      FROM (SELECT b.* FROM board_rows b ${means} WHERE ${conditions} ORDER BY ${places} OFFSET ${offset} LIMIT ${limit}) b
    ), counts AS MATERIALIZED (
      SELECT r.group_key, jsonb_build_object('total', count(*), 'blocked', count(*) FILTER (WHERE j.state = 'BLOCKED'),
        'queued', count(*) FILTER (WHERE j.state = 'QUEUED'), 'running', count(*) FILTER (WHERE j.state = 'RUNNING'),
        'succeeded', count(*) FILTER (WHERE j.state = 'SUCCEEDED'), 'failed', count(*) FILTER (WHERE j.state = 'FAILED'),
        'cancelled', count(*) FILTER (WHERE j.state = 'CANCELLED')) AS counts
      FROM runs r JOIN jobs j ON j.run_id = r.id
      WHERE r.group_key = ANY (ARRAY(SELECT DISTINCT p.group_key FROM page p)) AND r.archived_at IS NULL GROUP BY 1
    ), datasets_of AS MATERIALIZED (
      -- Of the names of equal bytes that runs were scheduled under, the one that was announced first.
      SELECT DISTINCT ON (d.hash) d.hash, d.id FROM datasets d
      WHERE d.hash IN (SELECT p.dataset_hash FROM page p) AND EXISTS (SELECT FROM runs r WHERE r.dataset_id = d.id)
      ORDER BY d.hash, d.created_at, d.id
    )
    SELECT p.group_key, nullif(p.member, -1) AS index, p.role::text AS role, p.method::text AS method, p.label, p.n, p.seeds, p.repeats, p.models,
      p.parameters, p.train_samples, d.id AS dataset_id, g.experiment_id, g.labelled_fraction, g.withheld_classes, c.counts,
      coalesce(own.points, '[]') AS points, coalesce(ensemble.points, '[]') AS ensemble_points,
      (SELECT count(*)::int FROM board_rows b WHERE ${conditions}) AS total
    FROM page p
    JOIN board_groups g ON g.group_key = p.group_key
    JOIN counts c ON c.group_key = p.group_key
    JOIN datasets_of d ON d.hash = p.dataset_hash
    LEFT JOIN board_points own ON own.group_key = p.group_key AND own.member = p.member
    LEFT JOIN board_points ensemble ON ensemble.group_key = p.group_key AND ensemble.member = -1
    ORDER BY p.place`);
}
