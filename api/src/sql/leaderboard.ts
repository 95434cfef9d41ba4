import { Prisma, type Tx } from '../db.ts';
import type { Method } from '../generated/prisma/client.ts';

export type Direction = 'ASC' | 'DESC';
export type BoardSort = 'VALIDATION_ACCURACY' | 'TEST_ACCURACY' | 'VALIDATION_GAIN' | 'PARAMETERS' | 'SEEDS' | 'LABEL';

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
  trainAccuracy: number | null;
  validationAccuracy: number | null;
  testAccuracy: number | null;
  validationGain: number | null;
  testGain: number | null;
  validationEntropy: number | null;
  testEntropy: number | null;
  /** Test accuracy on the classes withheld from training, as it is and with a bias on their logits that was chosen on validation. */
  withheldAccuracy: number | null;
  correctedWithheldAccuracy: number | null;
  biasCorrection: number | null;
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

const sortKeys: Record<BoardSort, Prisma.Sql> = {
  VALIDATION_ACCURACY: Prisma.sql`validation`,
  TEST_ACCURACY: Prisma.sql`test`,
  VALIDATION_GAIN: Prisma.sql`validation_gain`,
  PARAMETERS: Prisma.sql`parameters`,
  SEEDS: Prisma.sql`n`,
  LABEL: Prisma.sql`label`,
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

/**
 * One page of the leaderboard, ordered by means over seeds. Per group and seed the latest run that succeeded counts, others of that seed
 * are repeats. Gain: accuracy minus that of the INDEPENDENT network (ensemble) with the same twin key and seed, where there is one.
 */
export async function readBoardRecords(tx: Tx, { filter, sort, direction, offset, limit }: BoardPage): Promise<BoardRecord[]> {
  const order = Prisma.raw(direction);
  return tx.$queryRaw<BoardRecord[]>(Prisma.sql`
    WITH shown AS MATERIALIZED (
      SELECT r.*, j.state, j.finished_at FROM runs r JOIN jobs j ON j.run_id = r.id WHERE ${groupConditions(filter)}
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
      SELECT DISTINCT ON (group_key, seed) id, group_key, seed, method, cohort_twin_key, ensemble_validation_accuracy, ensemble_test_accuracy,
        ensemble_validation_entropy
      FROM shown WHERE state = 'SUCCEEDED' ORDER BY group_key, seed, finished_at DESC, id DESC
    ), twins AS MATERIALIZED (
      SELECT DISTINCT ON (n.twin_key, r.seed) n.twin_key, r.seed, n.validation_accuracy, n.test_accuracy
      FROM runs r JOIN jobs j ON j.run_id = r.id JOIN networks n ON n.run_id = r.id
      WHERE r.method = 'INDEPENDENT' AND j.state = 'SUCCEEDED' AND r.archived_at IS NULL
      ORDER BY n.twin_key, r.seed, j.finished_at DESC, r.id DESC
    ), cohort_twins AS MATERIALIZED (
      SELECT DISTINCT ON (r.cohort_twin_key, r.seed) r.cohort_twin_key, r.seed, r.ensemble_validation_accuracy, r.ensemble_test_accuracy
      FROM runs r JOIN jobs j ON j.run_id = r.id
      WHERE r.method = 'INDEPENDENT' AND j.state = 'SUCCEEDED' AND r.archived_at IS NULL AND r.cohort_twin_key IS NOT NULL
      ORDER BY r.cohort_twin_key, r.seed, j.finished_at DESC, r.id DESC
    ), figures AS MATERIALIZED (
      SELECT c.group_key, n.index, c.id AS run_id, c.seed, n.validation_accuracy AS validation, n.test_accuracy AS test,
        n.train_accuracy AS train, n.validation_accuracy - t.validation_accuracy AS validation_gain,
        n.test_accuracy - t.test_accuracy AS test_gain, n.validation_entropy, n.test_entropy, n.withheld_accuracy,
        n.corrected_withheld_accuracy, n.bias_correction
      FROM chosen c JOIN networks n ON n.run_id = c.id
      LEFT JOIN twins t ON t.twin_key = n.twin_key AND t.seed = c.seed AND c.method <> 'INDEPENDENT'
      UNION ALL
      SELECT c.group_key, NULL, c.id, c.seed, c.ensemble_validation_accuracy, c.ensemble_test_accuracy, NULL,
        c.ensemble_validation_accuracy - t.ensemble_validation_accuracy, c.ensemble_test_accuracy - t.ensemble_test_accuracy,
        c.ensemble_validation_entropy, NULL, NULL, NULL, NULL
      FROM chosen c
      LEFT JOIN cohort_twins t ON t.cohort_twin_key = c.cohort_twin_key AND t.seed = c.seed AND c.method <> 'INDEPENDENT'
      WHERE c.cohort_twin_key IS NOT NULL
    ), means AS MATERIALIZED (
      SELECT group_key, index, count(*)::int AS n, array_agg(seed ORDER BY seed) AS seeds,
        avg(validation) AS validation, avg(test) AS test, avg(validation_gain) AS validation_gain
      FROM figures GROUP BY group_key, index
    ), networks_of AS MATERIALIZED (
      SELECT s.group_key, n.index, min(n.role) AS role, min(m.name) AS name, max(n.parameters)::float8 AS parameters,
        bool_or(s.cohort_twin_key IS NOT NULL) AS cohort
      FROM shown s JOIN networks n ON n.run_id = s.id JOIN models m ON m.id = n.model_id GROUP BY s.group_key, n.index
    ), members AS MATERIALIZED (
      SELECT group_key, index, role, ARRAY[name] AS models, parameters FROM networks_of
      UNION ALL
      SELECT group_key, NULL, NULL, array_agg(name ORDER BY index), sum(parameters)
      FROM networks_of WHERE cohort AND role <> 'TEACHER' GROUP BY group_key
    ), rows AS (
      SELECT g.*, m.index, m.role, m.models, m.parameters, s.validation, s.test, s.validation_gain,
        coalesce(s.n, 0) AS n, coalesce(s.seeds, '{}') AS seeds, g.succeeded - coalesce(s.n, 0) AS repeats
      FROM groups g
      JOIN members m ON m.group_key = g.group_key
      LEFT JOIN means s ON s.group_key = m.group_key AND coalesce(s.index, -1) = coalesce(m.index, -1)
    ), page AS MATERIALIZED (
      SELECT *, count(*) OVER ()::int AS total, row_number() OVER (ORDER BY ${sortKeys[sort]} ${order} NULLS LAST, label, group_key, index)::int AS place
      FROM rows WHERE ${rowConditions(filter)}
      ORDER BY place OFFSET ${offset} LIMIT ${limit}
    ), points AS MATERIALIZED (
      SELECT f.group_key, coalesce(f.index, -1) AS index,
        jsonb_agg(jsonb_build_object('runId', f.run_id, 'seed', f.seed, 'trainAccuracy', f.train, 'validationAccuracy', f.validation, 'testAccuracy', f.test,
          'validationGain', f.validation_gain, 'testGain', f.test_gain,
          'validationEntropy', f.validation_entropy, 'testEntropy', f.test_entropy, 'withheldAccuracy', f.withheld_accuracy,
          'correctedWithheldAccuracy', f.corrected_withheld_accuracy, 'biasCorrection', f.bias_correction) ORDER BY f.seed) AS points
      FROM figures f WHERE f.group_key IN (SELECT group_key FROM page) GROUP BY 1, 2
    )
    SELECT page.*, page.role::text AS role, page.method::text AS method,
      coalesce(p.points, '[]') AS points, coalesce(e.points, '[]') AS ensemble_points
    FROM page
    LEFT JOIN points p ON p.group_key = page.group_key AND p.index = coalesce(page.index, -1)
    LEFT JOIN points e ON e.group_key = page.group_key AND e.index = -1
    ORDER BY place`);
}
