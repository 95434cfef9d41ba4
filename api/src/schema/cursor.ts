import { badInput } from '../errors.ts';

/** What a list's cursors hold, so that one of another list is told from one of ours. */
export type CursorKind<Value> = { list: string; read: (value: unknown) => Value | undefined };

const most = 1000;

export const encodeCursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** @throws BAD_INPUT for what is no cursor, or not one of this list. */
export function decodeCursor<Value>(cursor: string, { list, read }: CursorKind<Value>): Value {
  const value = cursor.length <= most ? read(parse(cursor)) : undefined;
  if (value === undefined) throw badInput(`"${cursor.slice(0, 80)}" is not a cursor of ${list}; take it from pageInfo or an edge.`);
  return value;
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** A place in a snapshot. */
export const placeCursor = (list: string): CursorKind<number> => ({
  list,
  read: (value) => (Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 31 ? (value as number) : undefined),
});

/** A row's id. */
export const idCursor = (list: string, prefix: string): CursorKind<string> => ({
  list,
  read: (value) => (typeof value === 'string' && new RegExp(`^${prefix}_[a-z0-9]{1,60}$`).test(value) ? value : undefined),
});
