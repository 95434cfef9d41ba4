import { queryFromInfo } from '@pothos/plugin-prisma';
import type { GraphQLResolveInfo } from 'graphql';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { atOneMoment } from '../db.ts';
import { countRuns, type RunFilter as Filter, listRuns, type RunPlace, type RunSort as Sort } from '../sql/run-list.ts';
import type { CursorKind } from './cursor.ts';
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
  const page = readPageArgs(args, placesOfRuns);
  const list = { filter, sort, direction, backward: page.backward, beyond: page.cursor, limit: page.limit + 1 };
  const [places, totalCount] = await Promise.all([listRuns(context.db, list), countRuns(context.db, filter)]);
  const query = queryFromInfo({ context, info, path: ['edges', 'node'] });
  const where = { id: { in: places.map(({ id }) => id) } };
  const runs = await atOneMoment(context.db, (tx) => tx.run.findMany({ ...query, where }));
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

const placesOfRuns: CursorKind<RunPlace> = {
  list: 'a list of runs',
  read: (value) => {
    const [k1, k2, k3, id, ...more] = Array.isArray(value) ? value : [];
    const place = [k1, k2, k3].every((key) => Number.isFinite(key)) && typeof id === 'string' && /^run_[a-z0-9]{1,60}$/.test(id);
    return place && more.length === 0 ? { k1, k2, k3, id } : undefined;
  },
};
