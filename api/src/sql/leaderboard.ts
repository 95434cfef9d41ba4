import type { Figure, Measure } from '@studyhall/contract/measures/measure.ts';
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
  repeats: number;
  counts: Record<string, number>;
  points: BoardPoint[];
  /** Of the group's ensemble; none for cohorts of one. */
  ensemble_points: BoardPoint[];
};

/** A row of a page, and how many rows the whole leaderboard has. */
export type PagedRecord = { record: BoardRecord; total: number };

/**
 * A row of a page by all that what it says hangs on: equal marks, equal rows. In JSON, as Postgres writes it: group, member, and what they
 * stand at.
 */
export type BoardMark = { mark: string; total: number };

/** Escapes what LIKE would take for wildcards. */
export const containing = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** The groups that are asked for by what is kept of a group; absent: all. One belongs to an experiment if one of its runs does. */
function groupsLike({ experimentId, search }: BoardFilter): Prisma.Sql | undefined {
  const conditions: Prisma.Sql[] = [];
  if (experimentId) conditions.push(Prisma.sql`g.experiment_ids @> ARRAY[${experimentId}]`);
  if (search) {
    const like = containing(search);
    conditions.push(Prisma.sql`(g.words LIKE lower(${like}) OR g.experiment_ids && ARRAY(
      SELECT id FROM experiments WHERE title ILIKE ${like} OR slug ILIKE ${like}))`);
  }
  return conditions.length > 0 ? Prisma.sql`SELECT g.group_key FROM board_groups g WHERE ${Prisma.join(conditions, ' AND ')}` : undefined;
}

/** The rows of so many groups are sooner found one by one than by looking through all. Postgres cannot guess how many there will be. */
const fewGroups = 1000;

type Asked = { keys: readonly string[] } | { groups: Prisma.Sql };

/** The same, as what is fastest; absent: all. */
async function groupsAsked(tx: Tx, filter: BoardFilter): Promise<Asked | undefined> {
  const groups = groupsLike(filter);
  if (!groups) return undefined;
  const found = await tx.$queryRaw<{ group_key: string }[]>(Prisma.sql`${groups} LIMIT ${fewGroups + 1}`);
  return found.length > fewGroups ? { groups } : { keys: found.map(({ group_key }) => group_key) };
}

/** Which rows are shown. The same bytes are one dataset, whatever it is called. */
function rowConditions(filter: BoardFilter, asked: Asked | undefined): Prisma.Sql {
  const { dataset, groupKeys, methods, models, members, includeTeachers, minSeeds, trainSamples } = filter;
  const conditions = [Prisma.sql`b.n >= ${minSeeds}`];
  if (members === 'NETWORKS') conditions.push(Prisma.sql`b.member >= 0`);
  if (members === 'ENSEMBLES') conditions.push(Prisma.sql`b.member = -1`);
  if (!includeTeachers) conditions.push(Prisma.sql`b.role IS DISTINCT FROM 'TEACHER'`);
  if (dataset) conditions.push(Prisma.sql`b.dataset_hash = ANY (ARRAY(SELECT hash FROM datasets WHERE name = ${dataset}))`);
  if (groupKeys) conditions.push(Prisma.sql`b.group_key = ANY (${[...groupKeys]})`);
  if (methods) conditions.push(Prisma.sql`b.method = ANY (${[...methods]}::method[])`);
  if (models) conditions.push(Prisma.sql`b.models && ${[...models]}`);
  if (trainSamples != null) conditions.push(Prisma.sql`b.train_samples = ${trainSamples}`);
  if (asked)
    conditions.push('keys' in asked ? Prisma.sql`b.group_key = ANY (${[...asked.keys]})` : Prisma.sql`b.group_key IN (${asked.groups})`);
  return Prisma.join(conditions, ' AND ');
}

/** What rows are put in order by. Those that have no such figure come last, by their label. */
type Order = {
  value: Prisma.Sql;
  /** Rows that have it, as `b`. */
  rows: Prisma.Sql;
  /** Which of all rows have none. */
  without?: Prisma.Sql;
};

const ownColumn = (value: Prisma.Sql): Order => ({ value, rows: Prisma.sql`board_rows b`, without: Prisma.sql`${value} IS NULL` });

function orderOf(sort: BoardSort): Order {
  switch (sort) {
    case 'SEEDS':
      return { value: Prisma.sql`b.n`, rows: Prisma.sql`board_rows b` };
    case 'LABEL':
      return { value: Prisma.sql`b.label`, rows: Prisma.sql`board_rows b` };
    case 'PARAMETERS':
      return ownColumn(Prisma.sql`b.parameters`);
    case 'VALIDATION_GAIN':
      return ownColumn(Prisma.sql`b.validation_gain`);
    case 'VALIDATION_ACCURACY':
      return ownColumn(Prisma.sql`b.validation_accuracy`);
    case 'TEST_ACCURACY':
      return ownColumn(Prisma.sql`b.test_accuracy`);
    default:
      return sort.column === 'accuracy' && sort.split !== 'TRAIN' ? orderOf(`${sort.split}_ACCURACY`) : orderByMean(sort);
  }
}

function orderByMean({ measure, split, column }: Exclude<BoardSort, string>): Order {
  const of = Prisma.sql`o.group_key = b.group_key AND o.member = b.member AND o.measure = ${column ?? measure} AND o.split = ${split}`;
  return {
    value: Prisma.sql`o.value`,
    rows: Prisma.sql`board_means o JOIN board_rows b ON ${of}`,
    without: Prisma.sql`NOT EXISTS (SELECT FROM board_means o WHERE ${of})`,
  };
}

const rest = Prisma.sql`b.label, b.group_key, b.member < 0, b.member`;

/**
 * The rows of a page, by `part` and `place`: those with a figure, by an index on it in either direction; where these do not fill it, those
 * without. What a page does not need is not read: neither the rest, nor how many rows come before it.
 */
function pageOf({ sort, direction, offset, limit }: BoardPage, shown: Prisma.Sql): Prisma.Sql {
  const { value, rows, without } = orderOf(sort);
  const has = without ? Prisma.sql`${value} IS NOT NULL` : Prisma.sql`true`;
  const page = Prisma.sql`
    valued AS MATERIALIZED (
      SELECT b.* FROM ${rows} WHERE ${shown} AND ${has} ORDER BY ${value} ${Prisma.raw(direction)}, ${rest} OFFSET ${offset} LIMIT ${limit}
    )`;
  if (!without) return Prisma.sql`${page}, page AS MATERIALIZED (SELECT b.*, 1 AS part, row_number() OVER () AS place FROM valued b)`;
  return Prisma.sql`${page}, bare AS MATERIALIZED (
      SELECT b.* FROM board_rows b WHERE ${shown} AND ${without} ORDER BY ${rest}
      OFFSET CASE WHEN EXISTS (SELECT FROM valued) THEN 0
        ELSE greatest(0, ${offset} - (SELECT count(*) FROM ${rows} WHERE ${shown} AND ${has})) END
      LIMIT ${limit} - (SELECT count(*) FROM valued)
    ), page AS MATERIALIZED (
      SELECT b.*, 1 AS part, row_number() OVER () AS place FROM valued b UNION ALL SELECT b.*, 2, row_number() OVER () FROM bare b
    )`;
}

/** Of the names of equal bytes that runs were scheduled under, the one that was announced first. */
const datasetsOfPage = Prisma.sql`datasets_of AS MATERIALIZED (
      SELECT DISTINCT ON (d.hash) d.hash, d.id, d.name FROM datasets d
      WHERE d.hash IN (SELECT p.dataset_hash FROM page p) AND EXISTS (SELECT FROM runs r WHERE r.dataset_id = d.id)
      ORDER BY d.hash, d.created_at, d.id
    )`;

/** Runs of the page's groups that have not succeeded, by how they stand: few, and counted when they are read. How many have is kept. */
const unsuccessfulOfPage = Prisma.sql`unsuccessful AS MATERIALIZED (
      SELECT r.group_key, count(*) AS total, count(*) FILTER (WHERE j.state = 'BLOCKED') AS blocked,
        count(*) FILTER (WHERE j.state = 'QUEUED') AS queued, count(*) FILTER (WHERE j.state = 'RUNNING') AS running,
        count(*) FILTER (WHERE j.state = 'FAILED') AS failed, count(*) FILTER (WHERE j.state = 'CANCELLED') AS cancelled
      FROM jobs j JOIN runs r ON r.id = j.run_id
      WHERE j.state <> 'SUCCEEDED' AND j.run_id IS NOT NULL AND r.archived_at IS NULL AND r.group_key = ANY (ARRAY(SELECT DISTINCT p.group_key FROM page p)) GROUP BY 1
    )`;

/** How many runs of a row's group stand how; `p` is the row, `u` its group in `unsuccessful`. */
const countsOfRow = Prisma.sql`json_build_object('total', p.n + p.repeats + coalesce(u.total, 0), 'blocked', coalesce(u.blocked, 0),
        'queued', coalesce(u.queued, 0), 'running', coalesce(u.running, 0), 'succeeded', p.n + p.repeats, 'failed', coalesce(u.failed, 0),
        'cancelled', coalesce(u.cancelled, 0))`;

/** One page of the leaderboard: of each of its rows, as `p` with its group `g` and its dataset `d`, what is asked, and how many rows there are. */
async function readPage<Row>(tx: Tx, page: BoardPage, asked: Prisma.Sql, more: Prisma.Sql): Promise<(Row & { total: number })[]> {
  const shown = rowConditions(page.filter, await groupsAsked(tx, page.filter));
  return tx.$queryRaw<(Row & { total: number })[]>(Prisma.sql`
    WITH ${pageOf(page, shown)}, ${unsuccessfulOfPage}, ${datasetsOfPage}
    SELECT (SELECT count(*)::int FROM board_rows b WHERE ${shown}) AS total, ${asked}
    FROM page p
    JOIN board_groups g ON g.group_key = p.group_key
    JOIN datasets_of d ON d.hash = p.dataset_hash
    LEFT JOIN unsuccessful u ON u.group_key = p.group_key
    ${more}
    ORDER BY p.part, p.place`);
}

/** A page's rows, ordered by means over seeds: of the kept rows those that are shown, with what is kept of their groups. */
export const readBoardRecords = (tx: Tx, page: BoardPage): Promise<PagedRecord[]> =>
  readPage(
    tx,
    page,
    Prisma.sql`json_build_object(
        'group_key', p.group_key, 'index', nullif(p.member, -1), 'role', p.role, 'method', p.method, 'label', p.label, 'n', p.n,
        'repeats', p.repeats, 'models', p.models, 'parameters', p.parameters, 'train_samples', p.train_samples, 'dataset_id', d.id,
        'experiment_id', g.experiment_id, 'labelled_fraction', g.labelled_fraction, 'withheld_classes', g.withheld_classes,
        'counts', ${countsOfRow}, 'points', coalesce(own.points, '[]'), 'ensemble_points', coalesce(ensemble.points, '[]')) AS record`,
    Prisma.sql`LEFT JOIN board_points own ON own.group_key = p.group_key AND own.member = p.member
    LEFT JOIN board_points ensemble ON ensemble.group_key = p.group_key AND ensemble.member = -1`,
  );

/** The rows of the same page by their marks: its seeds' figures, which make most of it, are not read. */
export const readBoardMarks = (tx: Tx, page: BoardPage): Promise<BoardMark[]> =>
  readPage(
    tx,
    page,
    Prisma.sql`json_build_array(p.group_key, p.member, v.version, d.id, d.name, e.id, e.slug, e.title, ${countsOfRow})::text AS mark`,
    Prisma.sql`JOIN board_versions v ON v.group_key = p.group_key
    LEFT JOIN experiments e ON e.id = g.experiment_id`,
  );

/** What a mark is of. */
export function readMark(mark: string): { group: string; index: number | null } {
  const [group, member] = JSON.parse(mark) as [string, number];
  return { group, index: member === -1 ? null : member };
}

/** A moment of the leaderboard, as Postgres names it, and whether anything that it shows may have changed since another. */
export type Moment = { now: string; moved: boolean };

/**
 * Reads a moment.
 *
 * @param since one that was named before; absent: it has moved.
 */
export const momentSince = (since: string | undefined): Prisma.Sql => Prisma.sql`
  SELECT txid_current_snapshot()::text AS now,
    CASE WHEN ${since ?? null}::text IS NULL THEN true ELSE board_has_moved(${since ?? null}::text::txid_snapshot) END AS moved`;

/** A row's place in a page: its group and index (null for the ensemble), and what its dataset is called, by its id. */
export type BoardPlace = { group: string; index: number | null; dataset: string };

export type BoardPlaces = { places: BoardPlace[]; total: number };

type FoundPlaces = { page: number; places: [group: string, member: number, dataset: string][] | null; total: number };

/** Which rows the same pages have, by one statement for all of them, and nothing more of the rows: a tenth of the work. */
export async function readBoardPlaces(tx: Tx, pages: readonly BoardPage[]): Promise<BoardPlaces[]> {
  const statements = await Promise.all(
    pages.map(async (page, i) => {
      const shown = rowConditions(page.filter, await groupsAsked(tx, page.filter));
      return Prisma.sql`(
        WITH ${pageOf(page, shown)}, ${datasetsOfPage}
        SELECT ${i}::int AS page, (SELECT count(*)::int FROM board_rows b WHERE ${shown}) AS total, (
          SELECT json_agg(json_build_array(p.group_key, p.member, d.id) ORDER BY p.part, p.place)
          FROM page p JOIN datasets_of d ON d.hash = p.dataset_hash) AS places)`;
    }),
  );
  const found = await tx.$queryRaw<FoundPlaces[]>(Prisma.join(statements, ' UNION ALL '));
  const byPage = new Map(found.map((one) => [one.page, one]));
  return pages.map((_, i) => {
    const { places, total = 0 } = byPage.get(i) ?? {};
    return { total, places: (places ?? []).map(([group, member, dataset]) => ({ group, index: member === -1 ? null : member, dataset })) };
  });
}
