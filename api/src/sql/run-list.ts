import { readTag } from '@studyhall/contract/tags/tags.ts';
import { Prisma, type Tx } from '../db.ts';
import { urgency } from './claim.ts';
import { containing } from './leaderboard.ts';

export type RunFilter = {
  states?: readonly string[] | null | undefined;
  methods?: readonly string[] | null | undefined;
  dataset?: string | null | undefined;
  experimentId?: string | null | undefined;
  groupKey?: string | null | undefined;
  model?: string | null | undefined;
  tag?: string | null | undefined;
  trainerId?: string | null | undefined;
  endedWithin?: number | null | undefined;
  /** null: either. */
  archived: boolean | null;
  search?: string | null | undefined;
};

export type RunSort = 'CREATED' | 'STARTED' | 'FINISHED' | 'PRIORITY' | 'VALIDATION_ACCURACY' | 'ACTIVITY';

/** Where a run stands in a list: three numbers, then its id. */
export type RunPlace = { id: string; k1: number; k2: number; k3: number };

type Keys = readonly [Prisma.Sql, Prisma.Sql, Prisma.Sql];

/**
 * Runs that stand together in a list, one part behind the other: each is read by its own index from where a page begins, and the next only if
 * it does not fill the page.
 */
type Part = {
  /** `r`, `j` and what else it needs. */
  from: Prisma.Sql;
  which?: Prisma.Sql;
  keys: Keys;
  /** What orders it as the keys do, then by the run's id, and is found in an index; `down`: against the keys. */
  order?: { by: Prisma.Sql; down?: boolean; beyond?: (place: RunPlace) => Prisma.Sql };
};

const runsAndJobs = Prisma.sql`runs r JOIN jobs j ON j.run_id = r.id`;
const zero = Prisma.sql`0::float8`;
const ms = (column: string) => Prisma.sql`(extract(epoch FROM ${Prisma.raw(column)}) * 1000)::float8`;

/** The list's parts from its smallest key to its largest. `last` stands for an absent value, so that those come last in either direction. */
function partsOf(sort: RunSort, last: number): Part[] {
  const from = runsAndJobs;
  switch (sort) {
    case 'CREATED':
      return [byCreation];
    case 'STARTED':
      return [{ from, keys: [Prisma.sql`coalesce(${ms('j.started_at')}, ${last})`, zero, zero] }];
    case 'FINISHED':
      return last < 0 ? [withoutEnd(last), byEnd] : [byEnd, withoutEnd(last)];
    case 'PRIORITY':
      return [{ from, keys: [Prisma.sql`j.priority::float8`, zero, zero] }];
    case 'VALIDATION_ACCURACY':
      return last < 0 ? [withoutAccuracy(last), byAccuracy] : [byAccuracy, withoutAccuracy(last)];
    case 'ACTIVITY':
      return [unfinished, finished];
  }
}

/** The time that a key stands for, both in milliseconds; whatever a cursor says, one that Postgres has. */
const timeOf = (key: number) => Prisma.sql`to_timestamp(${Math.min(9e12, Math.max(-1e11, key / 1000))}::float8)`;

const byCreation: Part = {
  from: runsAndJobs,
  keys: [ms('r.created_at'), zero, zero],
  order: { by: Prisma.sql`r.created_at`, beyond: ({ k1 }) => timeOf(k1) },
};

const byEnd: Part = {
  from: runsAndJobs,
  which: Prisma.sql`j.finished_at IS NOT NULL`,
  keys: [ms('j.finished_at'), zero, zero],
  order: {
    by: Prisma.sql`j.finished_at`,
    // The place of a run without an end is beyond all times, or before them.
    beyond: ({ k1 }) => timeOf(k1),
  },
};

const withoutEnd = (last: number): Part => ({
  from: runsAndJobs,
  which: Prisma.sql`j.finished_at IS NULL`,
  keys: [Prisma.sql`${last}::float8`, zero, zero],
});

/** By the best of a run's networks: each is there by that one alone. */
const byAccuracy: Part = {
  from: Prisma.sql`${runsAndJobs} JOIN networks n ON n.run_id = r.id AND n.role <> 'TEACHER' AND n.validation_accuracy IS NOT NULL`,
  which: Prisma.sql`NOT EXISTS (SELECT FROM networks o WHERE o.run_id = r.id AND o.role <> 'TEACHER'
    AND (o.validation_accuracy, o.index) > (n.validation_accuracy, n.index))`,
  keys: [Prisma.sql`n.validation_accuracy`, zero, zero],
  order: {
    by: Prisma.sql`n.validation_accuracy`,
    beyond: ({ k1 }) => Prisma.sql`${k1}::float8`,
  },
};

const withoutAccuracy = (last: number): Part => ({
  from: runsAndJobs,
  which: Prisma.sql`NOT EXISTS (SELECT FROM networks n WHERE n.run_id = r.id AND n.role <> 'TEACHER' AND n.validation_accuracy IS NOT NULL)`,
  keys: [Prisma.sql`${last}::float8`, zero, zero],
});

/** Runs with the priorities that they inherit: what waits is listed as it will be taken. */
const unfinished: Part = {
  from: Prisma.sql`${runsAndJobs} LEFT JOIN inherited_priorities i ON i.run_id = j.run_id`,
  which: Prisma.sql`j.state IN ('BLOCKED', 'QUEUED', 'RUNNING')`,
  keys: [
    Prisma.sql`(CASE j.state WHEN 'RUNNING' THEN 0 WHEN 'QUEUED' THEN 1 ELSE 2 END)::float8`,
    Prisma.sql`CASE j.state WHEN 'QUEUED' THEN -${urgency}::float8 ELSE -${ms('r.created_at')} END`,
    ms('r.created_at'),
  ],
};

const finished: Part = {
  from: runsAndJobs,
  which: Prisma.sql`j.finished_at IS NOT NULL`,
  keys: [Prisma.sql`3::float8`, Prisma.sql`-${ms('j.finished_at')}`, ms('r.created_at')],
  order: {
    by: Prisma.sql`j.finished_at`,
    down: true,
    beyond: ({ k1, k2 }) => (k1 === 3 ? timeOf(-k2) : k1 < 3 ? Prisma.sql`'infinity'` : Prisma.sql`'-infinity'`),
  },
};

function conditions(filter: RunFilter): Prisma.Sql {
  const { states, methods, dataset, experimentId, groupKey, model, tag, trainerId, endedWithin, archived, search } = filter;
  const all =
    archived === null ? [Prisma.sql`true`] : [archived ? Prisma.sql`r.archived_at IS NOT NULL` : Prisma.sql`r.archived_at IS NULL`];
  if (states) all.push(Prisma.sql`j.state::text = ANY (${[...states]})`);
  if (methods) all.push(Prisma.sql`r.method::text = ANY (${[...methods]})`);
  if (dataset) all.push(Prisma.sql`r.dataset_id IN (SELECT id FROM datasets WHERE name = ${dataset})`);
  if (experimentId) all.push(Prisma.sql`r.experiment_id = ${experimentId}`);
  if (groupKey) all.push(Prisma.sql`r.group_key = ${groupKey}`);
  if (tag) all.push(Prisma.sql`${readTag(tag)} = ANY (r.tags)`);
  if (trainerId) all.push(Prisma.sql`j.trainer_id = ${trainerId}`);
  if (endedWithin != null) all.push(Prisma.sql`j.finished_at > now() - make_interval(secs => ${endedWithin}::float8)`);
  if (model)
    all.push(Prisma.sql`EXISTS (SELECT FROM networks n JOIN models m ON m.id = n.model_id WHERE n.run_id = r.id AND m.name = ${model})`);
  if (search) {
    const like = containing(search);
    all.push(
      Prisma.sql`(r.label ILIKE ${like} OR r.note ILIKE ${like} OR r.id ILIKE ${like} OR array_to_string(r.tags, ' ') ILIKE ${like})`,
    );
  }
  return Prisma.join(all, ' AND ');
}

export type RunPage = {
  filter: RunFilter;
  sort: RunSort;
  direction: 'ASC' | 'DESC';
  /** The list read from its end. */
  backward: boolean;
  /** Only what comes after this place, in reading direction. */
  beyond?: RunPlace | undefined;
  limit: number;
};

/** Places of runs in reading direction. By position, not by offset: a list that moves shows no run twice. */
export async function listRuns(tx: Tx, { filter, sort, direction, backward, beyond, limit }: RunPage): Promise<RunPlace[]> {
  // Activity reads downwards by its own nature: running, queued, the rest.
  const ascending = (sort === 'ACTIVITY') === (direction === 'DESC') ? !backward : backward;
  const parts = partsOf(sort, direction === 'ASC' ? 1e15 : -1);
  if (!ascending) parts.reverse();
  const shown = conditions(filter);
  const read: Prisma.Sql[] = [];
  for (const [i, part] of parts.entries()) {
    const before = read.map((_, n) => Prisma.sql` - (SELECT count(*) FROM ${partName(n)})`);
    read.push(Prisma.sql`${partName(i)} AS MATERIALIZED (${pageOf(part, { shown, ascending, beyond })}
      LIMIT ${limit}::bigint${before.length > 0 ? Prisma.join(before, '') : Prisma.empty})`);
  }
  const all = Prisma.join(
    parts.map((_, i) => Prisma.sql`SELECT * FROM ${partName(i)}`),
    ' UNION ALL ',
  );
  return tx.$queryRaw<RunPlace[]>(Prisma.sql`WITH ${Prisma.join(read)} SELECT * FROM (${all}) listed ORDER BY ${byKeys(ascending)}`);
}

const partName = (i: number) => Prisma.raw(`part_${i}`);
const direct = (ascending: boolean) => Prisma.raw(ascending ? 'ASC' : 'DESC');

function byKeys(ascending: boolean): Prisma.Sql {
  const order = direct(ascending);
  return Prisma.sql`k1 ${order}, k2 ${order}, k3 ${order}, id ${order}`;
}

type Reading = { shown: Prisma.Sql; ascending: boolean; beyond: RunPlace | undefined };

function pageOf({ from, which = Prisma.sql`true`, keys: [k1, k2, k3], order }: Part, { shown, ascending, beyond }: Reading): Prisma.Sql {
  const after = Prisma.raw(ascending ? '>' : '<');
  const past = beyond
    ? Prisma.sql`AND (${k1}, ${k2}, ${k3}, r.id) ${after} (${beyond.k1}::float8, ${beyond.k2}::float8, ${beyond.k3}::float8, ${beyond.id})`
    : Prisma.empty;
  const up = ascending !== (order?.down ?? false);
  // The same more coarsely, as an index can find it.
  const boundary =
    beyond && order?.beyond ? Prisma.sql`AND ${order.by} ${Prisma.raw(up ? '>=' : '<=')} ${order.beyond(beyond)}` : Prisma.empty;
  const inOrder = order ? Prisma.sql`${order.by} ${direct(up)}, k3 ${direct(ascending)}, id ${direct(ascending)}` : byKeys(ascending);
  return Prisma.sql`SELECT r.id, ${k1} AS k1, ${k2} AS k2, ${k3} AS k3 FROM ${from} WHERE ${shown} AND ${which} ${past} ${boundary} ORDER BY ${inOrder}`;
}

export async function countRuns(tx: Tx, filter: RunFilter): Promise<number> {
  const shown = conditions(filter);
  // Every run has a job, which need not be joined where no filter asks for it.
  const from = /\bj\./.test(shown.sql) ? runsAndJobs : Prisma.sql`runs r`;
  const rows = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count FROM ${from} WHERE ${shown}`);
  return rows[0]?.count ?? 0;
}

/** Which of these runs the filter shows. */
export async function matchingRuns(tx: Tx, filter: RunFilter, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT r.id FROM ${runsAndJobs} WHERE ${conditions(filter)} AND r.id = ANY (${[...ids]})`,
  );
  return new Set(rows.map(({ id }) => id));
}
