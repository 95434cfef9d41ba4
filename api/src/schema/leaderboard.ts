import type { Figure } from '@studyhall/contract/measures/measure.ts';
import { builder, defaults } from '../builder.ts';
import type { Db } from '../db.ts';
import { badInput } from '../errors.ts';
import type { Sharing } from '../events/fan-out.ts';
import { findRows } from '../events/kept-rows.ts';
import { live, skip } from '../events/live.ts';
import { type BoardRow, readBoard } from '../leaderboard/board.ts';
import { keptFields } from '../leaderboard/kept-fields.ts';
import { rebuildBoard } from '../leaderboard/rebuild.ts';
import type { Price } from '../limits/cost.ts';
import { findMeasure } from '../metrics/final-figures.ts';
import type { BoardPage, BoardSort } from '../sql/leaderboard.ts';
import { placeCursor } from './cursor.ts';
import { SortDirection } from './enums.ts';
import { LeaderboardFilter, LeaderboardSort } from './leaderboard-inputs.ts';
import { idOfRow, LeaderboardRow } from './leaderboard-row.ts';
import { MeasureOnSplit } from './measure.ts';
import { type PageArgs, readPageArgs, toConnection } from './paging.ts';

export const LeaderboardConnection = builder.connectionObject(
  {
    type: LeaderboardRow,
    name: 'LeaderboardConnection',
    fields: (t) => ({
      totalCount: t.exposeInt('totalCount'),
      rowIds: t.idList({
        description: "The page's rows, in order, by their ids.",
        resolve: ({ rowIds = [] }) => rowIds,
      }),
    }),
  },
  { name: 'LeaderboardEdge' },
);

type BoardArgs = PageArgs & Pick<BoardPage, 'filter' | 'direction'> & { sort: BoardSort; by?: Figure | null | undefined };

/** @throws BAD_INPUT for a measure that there is not, or that is not measured on that split. */
function sortOf({ sort, by }: Pick<BoardArgs, 'sort' | 'by'>): BoardSort {
  if (!by) return sort;
  const { name, column, splits } = findMeasure(by.measure);
  if (!splits.includes(by.split)) throw badInput(`by.split is ${by.split}; ${name} is measured on ${splits.join(', ')}.`);
  return { measure: name, split: by.split, column };
}

/** What a page's arguments ask for. */
function pageOf(args: BoardArgs) {
  const { filter, direction } = args;
  const page = readPageArgs(args, placeCursor('the leaderboard'));
  if (page.backward && page.cursor === undefined) throw badInput('A leaderboard is read from its start: last needs before.');
  const end = page.backward ? (page.cursor ?? 0) : Number.POSITIVE_INFINITY;
  const offset = page.backward ? Math.max(0, end - page.limit - 1) : page.cursor === undefined ? 0 : page.cursor + 1;
  const limit = Math.min(page.limit + 1, end - offset);
  return { page, asked: { filter, sort: sortOf(args), direction, offset, limit } satisfies BoardPage };
}

/** A snapshot's page; its cursors are positions in it. */
function connectionOf(rows: readonly BoardRow[], total: number, { page, asked }: ReturnType<typeof pageOf>) {
  const placed = rows.map((row, i) => ({ row, place: asked.offset + i }));
  if (page.backward) placed.reverse();
  const connection = toConnection(
    placed,
    page,
    total,
    ({ place }) => place,
    ({ row }) => row,
  );
  return { ...connection, rowIds: connection.edges.map(({ node }) => idOfRow(node)) };
}

type ReadPage = (page: BoardPage) => Promise<{ rows: BoardRow[]; total: number }>;

async function leaderboardConnection(args: BoardArgs, read: ReadPage) {
  const page = pageOf(args);
  const { rows, total } = await read(page.asked);
  return connectionOf(rows, total, page);
}

const readAnew =
  (db: Db): ReadPage =>
  (page) =>
    readBoard(db, page);

const byWords = "Sorts by this measure's mean over seeds, in place of `sort`.";

builder.queryFields((t) => ({
  leaderboard: t.connection(
    {
      authScopes: { viewer: true },
      type: LeaderboardRow,
      extensions: { price: { weight: 500 } satisfies Price, keptFields },
      args: {
        filter: t.arg({ type: LeaderboardFilter, required: true, defaultValue: defaults({}) }),
        sort: t.arg({ type: LeaderboardSort, required: true, defaultValue: 'VALIDATION_ACCURACY' }),
        by: t.arg({ type: MeasureOnSplit, description: byWords }),
        direction: t.arg({ type: SortDirection, required: true, defaultValue: 'DESC' }),
      },
      resolve: async (_root, args, { db, knownBoard, answered }) => {
        const asked = { ...args, filter: { ...noFilter, ...args.filter } };
        if (!answered) return leaderboardConnection(asked, readAnew(db));
        return answered.withoutKnown(await leaderboardConnection(asked, (page) => knownBoard.read(page)));
      },
    },
    LeaderboardConnection,
  ),
}));

/** GraphQL leaves the defaults inside a default value out. */
export const noFilter = { members: 'ALL', includeTeachers: false, minSeeds: 0 } as const;

builder.mutationFields((t) => ({
  rebuildLeaderboard: t.int({
    authScopes: { admin: true },
    description:
      "Writes the leaderboard's rows anew from the runs, whatever stands there, and says of how many groups. Runs may end meanwhile.",
    resolve: (_root, _args, { db }) => rebuildBoard(db),
  }),
}));

/** What a board shows is at most half a second old, and half of that when changes are rare. */
const pace = { everyMs: 500, gatherMs: 250 };

builder.subscriptionFields((t) => ({
  leaderboardChanged: t.field({
    authScopes: { viewer: true },
    type: LeaderboardConnection,
    description:
      'The page that the same query gives, once at the start and whenever what is asked of it changes: then `edges` holds the rows that are new or ' +
      'have changed, `rowIds` says which rows the page has, and in what order. With `first: 0` it tells of every change that may concern them.',
    extensions: {
      sharing: ({ first }: { first?: number | null }): Sharing => (first === 0 ? 'state' : 'news'),
      rowsOnce: true,
      keptFields,
    },
    args: {
      filter: t.arg({ type: LeaderboardFilter, required: true, defaultValue: defaults({}) }),
      sort: t.arg({ type: LeaderboardSort, required: true, defaultValue: 'VALIDATION_ACCURACY' }),
      by: t.arg({ type: MeasureOnSplit, description: byWords }),
      direction: t.arg({ type: SortDirection, required: true, defaultValue: 'DESC' }),
      first: t.arg.int(),
    },
    subscribe: (_root, args, { db, hub, board }, { schema, operation, fragments, variableValues }) => {
      const asked = { ...args, filter: { ...noFilter, ...args.filter } };
      const changes = hub.listen(['leaderboard', 'board']);
      if (!findRows({ schema, operation, fragmentOf: (name) => fragments[name], variables: variableValues }))
        return live(changes, () => leaderboardConnection(asked, readAnew(db)), pace);
      const page = pageOf(asked);
      let last: { rows: BoardRow[]; total: number } | undefined;
      const read = async () => {
        const now = await board.read(page.asked);
        const before = last;
        last = now;
        const isSame =
          before?.total === now.total && before.rows.length === now.rows.length && now.rows.every((row, i) => row === before.rows[i]);
        // Who asks for no rows wants to be told of every change.
        return isSame && args.first !== 0 ? skip : connectionOf(now.rows, now.total, page);
      };
      // Pages are read together, and only what has changed of them.
      return live(changes, read, { ...pace, shared: true });
    },
    resolve: (connection) => connection,
  }),
}));
