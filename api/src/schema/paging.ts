import { written } from '@studyhall/contract/settings/written.ts';
import { badInput } from '../errors.ts';
import { defaultPage, maxPage } from '../limits/page-size.ts';
import { type CursorKind, decodeCursor, encodeCursor } from './cursor.ts';

export type PageArgs = {
  first?: number | null | undefined;
  after?: string | null | undefined;
  last?: number | null | undefined;
  before?: string | null | undefined;
};

/** A page to read: how many, in which direction, from behind which cursor. */
export type Page<Cursor = unknown> = { limit: number; backward: boolean; cursor: Cursor | undefined };

/** @throws BAD_INPUT for contradicting or too large arguments, or a cursor that is not one of this list. */
export function readPageArgs<Cursor>({ first, after, last, before }: PageArgs, kind: CursorKind<Cursor>): Page<Cursor> {
  if (first != null && last != null) throw badInput('first and last exclude each other.');
  if (last != null && after != null) throw badInput('last goes with before, not with after.');
  if (first != null && before != null) throw badInput('first goes with after, not with before.');
  const limit = first ?? last ?? defaultPage;
  if (limit < 0 || limit > maxPage)
    throw badInput(`${last != null ? 'last' : 'first'} is ${written(limit)}; it has to be from 0 to ${written(maxPage)}.`);
  const backward = last != null || before != null;
  const cursor = backward ? before : after;
  return { limit, backward, cursor: cursor == null ? undefined : decodeCursor(cursor, kind) };
}

/**
 * A connection from what was read: one row more than the limit, in reading direction.
 *
 * @param cursorOf the value that a row's cursor holds.
 */
export function toConnection<Row, Node>(
  rows: readonly Row[],
  page: Page,
  totalCount: number,
  cursorOf: (row: Row) => unknown,
  nodeOf: (row: Row) => Node,
) {
  const more = rows.length > page.limit;
  const shown = rows.slice(0, page.limit);
  if (page.backward) shown.reverse();
  const edges = shown.map((row) => ({ cursor: encodeCursor(cursorOf(row)), node: nodeOf(row) }));
  const beyondStart = page.cursor !== undefined;
  return {
    edges,
    totalCount,
    pageInfo: {
      hasNextPage: page.backward ? beyondStart : more,
      hasPreviousPage: page.backward ? more : beyondStart,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
