import { parseAsString } from 'nuqs/server';

/** Where in a list an address stands: behind one cursor or before another, else at its start. */
export const pageParsers = { after: parseAsString, before: parseAsString };

/** Another filter or order begins at the start. */
export const firstPage = { after: null, before: null };

type Place = { after: string | null; before: string | null };

/** The page of so many rows that a place stands for, as a connection's arguments. */
export function pageArguments({ after, before }: Place, size: number) {
  return before ? { last: size, before } : { first: size, ...(after ? { after } : {}) };
}
