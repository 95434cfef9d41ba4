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

/** Which runs' groups are shown. A group belongs to an experiment if one of its runs does. */
function groupConditions({ dataset, experimentId, groupKeys, methods, models, trainSamples, search }: BoardFilter): Prisma.Sql {
  const conditions = [Prisma.sql`r.archived_at IS NULL`];
  if (dataset) conditions.push(Prisma.sql`r.dataset_id IN (SELECT id FROM datasets WHERE name = ${dataset})`);
  if (groupKeys) conditions.push(Prisma.sql`r.group_key = ANY (${[...groupKeys]})`);
  if (methods) conditions.push(Prisma.sql`r.method::text = ANY (${[...methods]})`);
  if (trainSamples != null) conditions.push(Prisma.sql`r.train_samples = ${trainSamples}`);
  if (experimentId)
    conditions.push(Prisma.sql`r.group_key IN (SELECT group_key FROM runs WHERE experiment_id = ${experimentId} AND archived_at IS NULL)`);
  if (models)
    conditions.push(Prisma.sql`r.group_key IN (
      SELECT x.group_key FROM networks n JOIN models m ON m.id = n.model_id JOIN runs x ON x.id = n.run_id WHERE m.name = ANY (${[...models]}))`);
  if (search) {
    const like = containing(search);
    conditions.push(Prisma.sql`r.group_key IN (
      SELECT x.group_key FROM runs x LEFT JOIN experiments e ON e.id = x.experiment_id
      WHERE x.label ILIKE ${like} OR array_to_string(x.tags, ' ') ILIKE ${like} OR e.title ILIKE ${like} OR e.slug ILIKE ${like}
      UNION SELECT x.group_key FROM networks n JOIN models m ON m.id = n.model_id JOIN runs x ON x.id = n.run_id WHERE m.name ILIKE ${like})`);
  }
  return Prisma.join(conditions, ' AND ');
}

function rowConditions({ members, includeTeachers, minSeeds, models }: BoardFilter): Prisma.Sql {
  const conditions = [Prisma.sql`n >= ${minSeeds}`];
  if (members === 'NETWORKS') conditions.push(Prisma.sql`index IS NOT NULL`);
  if (members === 'ENSEMBLES') conditions.push(Prisma.sql`index IS NULL`);
  if (!includeTeachers) conditions.push(Prisma.sql`role IS DISTINCT FROM 'TEACHER'`);
  if (models) conditions.push(Prisma.sql`models && ${[...models]}`);
  return Prisma.join(conditions, ' AND ');
}

/** The column of a network, and that of a run's ensemble, which hold a figure. */
const columns: Record<NonNullable<Measure['column']>, Record<Split, { network: Prisma.Sql; ensemble: Prisma.Sql }>> = {
  accuracy: {
    TRAIN: { network: Prisma.sql`n.train_accuracy`, ensemble: Prisma.sql`NULL::float8` },
    VALIDATION: { network: Prisma.sql`n.validation_accuracy`, ensemble: Prisma.sql`c.ensemble_validation_accuracy` },
    TEST: { network: Prisma.sql`n.test_accuracy`, ensemble: Prisma.sql`c.ensemble_test_accuracy` },
  },
  loss: {
    TRAIN: { network: Prisma.sql`n.train_loss`, ensemble: Prisma.sql`NULL::float8` },
    VALIDATION: { network: Prisma.sql`n.validation_loss`, ensemble: Prisma.sql`c.ensemble_validation_loss` },
    TEST: { network: Prisma.sql`n.test_loss`, ensemble: Prisma.sql`c.ensemble_test_loss` },
  },
};

/** What rows are put in order by: a column of theirs, or the mean over seeds of a figure (group_key, member, value). */
type Order = { column: Prisma.Sql } | { figure: Prisma.Sql };

function orderOf(sort: BoardSort): Order {
  switch (sort) {
    case 'PARAMETERS':
      return { column: Prisma.sql`m.parameters` };
    case 'SEEDS':
      return { column: Prisma.sql`coalesce(s.n, 0)` };
    case 'LABEL':
      return { column: Prisma.sql`g.label` };
    case 'VALIDATION_GAIN':
      return {
        figure: Prisma.sql`
          SELECT group_key, member, validation - twin_validation AS value FROM (${figuresOf(Prisma.sql`groups`, allTwins)}) f WHERE ${hasTwin}`,
      };
    case 'VALIDATION_ACCURACY':
      return { figure: columnFigure('accuracy', 'VALIDATION') };
    case 'TEST_ACCURACY':
      return { figure: columnFigure('accuracy', 'TEST') };
    default:
      return { figure: sort.column ? columnFigure(sort.column, sort.split) : measuredFigure(sort) };
  }
}

function columnFigure(column: keyof typeof columns, split: Split): Prisma.Sql {
  const { network, ensemble } = columns[column][split];
  return Prisma.sql`
    SELECT c.group_key, n.index AS member, ${network} AS value FROM chosen c JOIN networks n ON n.run_id = c.run_id
    UNION ALL SELECT c.group_key, -1, ${ensemble} FROM chosen c`;
}

const measuredFigure = ({ measure, split }: Figure) => Prisma.sql`
  SELECT c.group_key, x.network AS member, x.value FROM chosen c JOIN measurements x ON x.run_id = c.run_id
  WHERE x.measure = ${measure} AND x.split = ${split} AND x.epoch = 0 AND x.other = -1`;

/** Runs that count and have succeeded, of the groups that a query names. */
const succeeded = (groupKeys: Prisma.Sql) => Prisma.sql`
  SELECT c.run_id, c.group_key, c.seed, c.finished_at, r.method, r.cohort_twin_key, r.ensemble_validation_accuracy, r.ensemble_test_accuracy,
    r.ensemble_validation_loss, r.ensemble_test_loss
  FROM counting_runs c JOIN runs r ON r.id = c.run_id WHERE c.state = 'SUCCEEDED' AND c.group_key = ANY (ARRAY(${groupKeys}))`;

/** The groups that hold twins of these groups' networks or ensembles. */
const twinsOf = (groups: Prisma.Sql) => Prisma.sql`
  SELECT x.group_key FROM ${groups} g JOIN runs r ON r.group_key = g.group_key JOIN networks n ON n.run_id = r.id
  JOIN networks t ON t.twin_key = n.twin_key JOIN runs x ON x.id = t.run_id AND x.method = 'INDEPENDENT'
  UNION SELECT x.group_key FROM ${groups} g JOIN runs r ON r.group_key = g.group_key
  JOIN runs x ON x.cohort_twin_key = r.cohort_twin_key AND x.method = 'INDEPENDENT'`;

/** All groups that hold twins of any: sooner found than those of a whole board. */
const allTwins = Prisma.sql`SELECT group_key FROM runs WHERE method = 'INDEPENDENT'`;

/**
 * The figures of these groups' networks and ensembles (member -1), each beside those of the twin that it may have: the INDEPENDENT network
 * (ensemble) with the same twin key and seed, of several the one that finished last. The groups of the twins are among them.
 *
 * Twins are found by sorting, not by a join: Postgres cannot guess how many runs count, and would try every pair.
 */
function figuresOf(groups: Prisma.Sql, twins: Prisma.Sql): Prisma.Sql {
  const runs = succeeded(Prisma.sql`SELECT group_key FROM ${groups} UNION ${twins}`);
  const twinFirst = Prisma.sql`c.method = 'INDEPENDENT' DESC, c.finished_at DESC, c.run_id DESC`;
  return Prisma.sql`
    WITH c AS MATERIALIZED (${runs})
    SELECT c.group_key, n.index AS member, c.run_id, c.seed, c.method, n.train_accuracy AS train, n.validation_accuracy AS validation,
      n.test_accuracy AS test, n.train_loss, n.validation_loss, n.test_loss,
      CASE WHEN n.twin_key IS NOT NULL THEN first_value(c.method) OVER twins END AS twin_method,
      first_value(n.validation_accuracy) OVER twins AS twin_validation, first_value(n.test_accuracy) OVER twins AS twin_test
    FROM c JOIN networks n ON n.run_id = c.run_id
    WINDOW twins AS (PARTITION BY n.twin_key, c.seed ORDER BY ${twinFirst})
    UNION ALL
    SELECT c.group_key, -1, c.run_id, c.seed, c.method, NULL, c.ensemble_validation_accuracy, c.ensemble_test_accuracy,
      NULL, c.ensemble_validation_loss, c.ensemble_test_loss, first_value(c.method) OVER twins,
      first_value(c.ensemble_validation_accuracy) OVER twins, first_value(c.ensemble_test_accuracy) OVER twins
    FROM c WHERE c.cohort_twin_key IS NOT NULL
    WINDOW twins AS (PARTITION BY c.cohort_twin_key, c.seed ORDER BY ${twinFirst})`;
}

const hasTwin = Prisma.sql`f.method <> 'INDEPENDENT' AND f.twin_method = 'INDEPENDENT'`;

/**
 * One page of the leaderboard, ordered by means over seeds. Per group and seed the run that counts is shown, if it has succeeded; others
 * of that seed that succeeded are repeats.
 */
export async function readBoardRecords(tx: Tx, { filter, sort, direction, offset, limit }: BoardPage): Promise<BoardRecord[]> {
  const order = orderOf(sort);
  const means =
    'figure' in order ? Prisma.sql`SELECT group_key, member, avg(value) AS value FROM (${order.figure}) f GROUP BY 1, 2` : undefined;
  return tx.$queryRaw<BoardRecord[]>(Prisma.sql`
    WITH shown AS MATERIALIZED (
      SELECT r.*, j.state FROM runs r JOIN jobs j ON j.run_id = r.id WHERE ${groupConditions(filter)}
    ), groups AS MATERIALIZED (
      SELECT group_key, dataset_id, method, (array_agg(label ORDER BY created_at DESC))[1] AS label, max(train_samples) AS train_samples,
        coalesce((min(spec->'data'->>'labelledFraction'))::float8, 1) AS labelled_fraction,
        coalesce((array_agg(spec->'data'->'withheldClasses'))[1], '[]') AS withheld_classes,
        (array_agg(experiment_id ORDER BY created_at DESC) FILTER (WHERE experiment_id IS NOT NULL))[1] AS experiment_id,
        jsonb_build_object('total', count(*), 'blocked', count(*) FILTER (WHERE state = 'BLOCKED'),
          'queued', count(*) FILTER (WHERE state = 'QUEUED'), 'running', count(*) FILTER (WHERE state = 'RUNNING'),
          'succeeded', count(*) FILTER (WHERE state = 'SUCCEEDED'), 'failed', count(*) FILTER (WHERE state = 'FAILED'),
          'cancelled', count(*) FILTER (WHERE state = 'CANCELLED')) AS counts,
        count(*) FILTER (WHERE state = 'SUCCEEDED')::int AS succeeded
      FROM shown GROUP BY group_key, dataset_id, method
    ), chosen AS MATERIALIZED (
      ${succeeded(Prisma.sql`SELECT group_key FROM groups`)}
    ), seeds AS MATERIALIZED (
      SELECT c.group_key, n.index AS member, count(*)::int AS n, array_agg(c.seed ORDER BY c.seed) AS seeds
      FROM chosen c JOIN networks n ON n.run_id = c.run_id GROUP BY 1, 2
      UNION ALL
      SELECT group_key, -1, count(*)::int, array_agg(seed ORDER BY seed) FROM chosen WHERE cohort_twin_key IS NOT NULL GROUP BY 1
    ), networks_of AS MATERIALIZED (
      SELECT s.group_key, n.index, min(n.role) AS role, min(m.name) AS name, max(n.parameters)::float8 AS parameters,
        bool_or(s.cohort_twin_key IS NOT NULL) AS cohort
      FROM shown s JOIN networks n ON n.run_id = s.id JOIN models m ON m.id = n.model_id GROUP BY s.group_key, n.index
    ), members AS MATERIALIZED (
      SELECT group_key, index AS member, role, ARRAY[name] AS models, parameters FROM networks_of
      UNION ALL
      SELECT group_key, -1, NULL, array_agg(name ORDER BY index), sum(parameters)
      FROM networks_of WHERE cohort AND role <> 'TEACHER' GROUP BY group_key
    ), means AS MATERIALIZED (
      ${means ?? Prisma.sql`SELECT NULL::text AS group_key, NULL::int AS member, NULL::float8 AS value WHERE false`}
    ), rows AS (
      SELECT g.*, m.member, nullif(m.member, -1) AS index, m.role, m.models, m.parameters, coalesce(s.n, 0) AS n,
        coalesce(s.seeds, '{}') AS seeds, g.succeeded - coalesce(s.n, 0) AS repeats, ${'column' in order ? order.column : Prisma.sql`o.value`} AS sort_key
      FROM groups g
      JOIN members m ON m.group_key = g.group_key
      LEFT JOIN seeds s ON s.group_key = m.group_key AND s.member = m.member
      LEFT JOIN means o ON o.group_key = m.group_key AND o.member = m.member
    ), page AS MATERIALIZED (
      SELECT *, count(*) OVER ()::int AS total,
        row_number() OVER (ORDER BY sort_key ${Prisma.raw(direction)} NULLS LAST, label, group_key, index)::int AS place
      FROM rows WHERE ${rowConditions(filter)}
      ORDER BY place OFFSET ${offset} LIMIT ${limit}
    ), points AS MATERIALIZED (
      SELECT f.group_key, f.member,
        jsonb_agg(jsonb_build_object('runId', f.run_id, 'seed', f.seed, 'network', f.member,
          'trainAccuracy', f.train, 'validationAccuracy', f.validation, 'testAccuracy', f.test,
          'trainLoss', f.train_loss, 'validationLoss', f.validation_loss, 'testLoss', f.test_loss,
          'twin', CASE WHEN ${hasTwin}
            THEN jsonb_build_object('validationAccuracy', f.twin_validation, 'testAccuracy', f.twin_test) END) ORDER BY f.seed) AS points
      FROM (${figuresOf(Prisma.sql`page`, twinsOf(Prisma.sql`page`))}) f GROUP BY 1, 2
    )
    SELECT page.*, page.role::text AS role, page.method::text AS method,
      coalesce(p.points, '[]') AS points, coalesce(e.points, '[]') AS ensemble_points
    FROM page
    LEFT JOIN points p ON p.group_key = page.group_key AND p.member = page.member
    LEFT JOIN points e ON e.group_key = page.group_key AND e.member = -1
    ORDER BY place`);
}
