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
  /** null: either. */
  archived: boolean | null;
  search?: string | null | undefined;
};

export type RunSort = 'CREATED' | 'STARTED' | 'FINISHED' | 'PRIORITY' | 'VALIDATION_ACCURACY' | 'ACTIVITY';

/** Where a run stands in a list: three numbers, then its id. */
export type RunPlace = { id: string; k1: number; k2: number; k3: number };

type Keys = readonly [Prisma.Sql, Prisma.Sql, Prisma.Sql];

const zero = Prisma.sql`0::float8`;
const ms = (column: string) => Prisma.sql`(extract(epoch FROM ${Prisma.raw(column)}) * 1000)::float8`;

/** Numbers to sort by; `last` stands for an absent value, so that those come last in either direction. */
function sortKeys(sort: RunSort, last: number): Keys {
  switch (sort) {
    case 'CREATED':
      return [ms('r.created_at'), zero, zero];
    case 'STARTED':
      return [Prisma.sql`coalesce(${ms('j.started_at')}, ${last})`, zero, zero];
    case 'FINISHED':
      return [Prisma.sql`coalesce(${ms('j.finished_at')}, ${last})`, zero, zero];
    case 'PRIORITY':
      return [Prisma.sql`j.priority::float8`, zero, zero];
    case 'VALIDATION_ACCURACY':
      return [
        Prisma.sql`coalesce((SELECT max(n.validation_accuracy) FROM networks n WHERE n.run_id = r.id AND n.role <> 'TEACHER'), ${last})`,
        zero,
        zero,
      ];
    case 'ACTIVITY':
      return [
        Prisma.sql`(CASE j.state WHEN 'RUNNING' THEN 0 WHEN 'QUEUED' THEN 1 WHEN 'BLOCKED' THEN 2 ELSE 3 END)::float8`,
        Prisma.sql`CASE j.state WHEN 'QUEUED' THEN -${urgency}::float8 ELSE -${ms('coalesce(j.finished_at, r.created_at)')} END`,
        ms('r.created_at'),
      ];
  }
}

function conditions(filter: RunFilter): Prisma.Sql {
  const { states, methods, dataset, experimentId, groupKey, model, tag, trainerId, archived, search } = filter;
  const all =
    archived === null ? [Prisma.sql`true`] : [archived ? Prisma.sql`r.archived_at IS NOT NULL` : Prisma.sql`r.archived_at IS NULL`];
  if (states) all.push(Prisma.sql`j.state::text = ANY (${[...states]})`);
  if (methods) all.push(Prisma.sql`r.method::text = ANY (${[...methods]})`);
  if (dataset) all.push(Prisma.sql`r.dataset_id IN (SELECT id FROM datasets WHERE name = ${dataset})`);
  if (experimentId) all.push(Prisma.sql`r.experiment_id = ${experimentId}`);
  if (groupKey) all.push(Prisma.sql`r.group_key = ${groupKey}`);
  if (tag) all.push(Prisma.sql`${readTag(tag)} = ANY (r.tags)`);
  if (trainerId) all.push(Prisma.sql`j.trainer_id = ${trainerId}`);
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

const runsAndJobs = Prisma.sql`runs r JOIN jobs j ON j.run_id = r.id`;

const from = (filter: RunFilter) => Prisma.sql`FROM ${runsAndJobs} WHERE ${conditions(filter)}`;

/** Runs with the priorities that they inherit: what waits is listed as it will be taken. */
const fromByUrgency = (filter: RunFilter) => Prisma.sql`
  FROM ${runsAndJobs} LEFT JOIN inherited_priorities i ON i.run_id = r.id WHERE ${conditions(filter)}`;

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
  const [k1, k2, k3] = sortKeys(sort, direction === 'ASC' ? 1e15 : -1);
  const order = Prisma.raw(ascending ? 'ASC' : 'DESC');
  const past = beyond
    ? Prisma.sql`WHERE (k1, k2, k3, id) ${Prisma.raw(ascending ? '>' : '<')} (${beyond.k1}::float8, ${beyond.k2}::float8, ${beyond.k3}::float8, ${beyond.id})`
    : Prisma.empty;
  return tx.$queryRaw<RunPlace[]>(Prisma.sql`
    SELECT * FROM (SELECT r.id, ${k1} AS k1, ${k2} AS k2, ${k3} AS k3 ${sort === 'ACTIVITY' ? fromByUrgency(filter) : from(filter)}) listed ${past}
    ORDER BY k1 ${order}, k2 ${order}, k3 ${order}, id ${order} LIMIT ${limit}`);
}

export async function countRuns(tx: Tx, filter: RunFilter): Promise<number> {
  const rows = await tx.$queryRaw<{ count: number }[]>(Prisma.sql`SELECT count(*)::int AS count ${from(filter)}`);
  return rows[0]?.count ?? 0;
}

/** Which of these runs the filter shows. */
export async function matchingRuns(tx: Tx, filter: RunFilter, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>(Prisma.sql`SELECT r.id ${from(filter)} AND r.id = ANY (${[...ids]})`);
  return new Set(rows.map(({ id }) => id));
}
