import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { badInput } from '../errors.ts';
import { countRuns, type RunFilter as Filter, listRuns, type RunPlace, type RunSort as Sort } from '../sql/run-list.ts';
import { type PageArgs, readPageArgs, toConnection } from './paging.ts';
import { Run } from './run.ts';

export const RunConnection = builder.connectionObject(
  { type: Run, name: 'RunConnection', fields: (t) => ({ totalCount: t.exposeInt('totalCount') }) },
  { name: 'RunEdge' },
);

/** A page of runs: their places by one statement, then all that was asked for of them by another. */
export async function runConnection(
  args: PageArgs & { filter: Filter; sort: Sort; direction: 'ASC' | 'DESC' },
  context: Context,
  info: GraphQLResolveInfo,
) {
  const { filter, sort, direction } = args;
  const page = readPageArgs(args);
  const list = { filter, sort, direction, backward: page.backward, beyond: readPlace(page.cursor), limit: page.limit + 1 };
  const [places, totalCount] = await Promise.all([listRuns(context.db, list), countRuns(context.db, filter)]);
  const query = queryFromInfo({ context, info, path: ['edges', 'node'] });
  const runs = await context.db.run.findMany({ ...query, where: { id: { in: places.map(({ id }) => id) } } });
  const byId = new Map(runs.map((run) => [run.id, run]));
  const found = places.flatMap((place) => {
    const run = byId.get(place.id);
    return run ? [{ place, run }] : [];
  });
  return toConnection(
    found,
    page,
    totalCount,
    ({ place: { k1, k2, k3, id } }) => [k1, k2, k3, id],
    ({ run }) => run,
  );
}

function readPlace(cursor: unknown): RunPlace | undefined {
  if (cursor === undefined) return undefined;
  const [k1, k2, k3, id] = Array.isArray(cursor) ? cursor : [];
  if (![k1, k2, k3].every((key) => typeof key === 'number') || typeof id !== 'string')
    throw badInput('That cursor is not one of a list of runs.');
  return { k1, k2, k3, id };
}
