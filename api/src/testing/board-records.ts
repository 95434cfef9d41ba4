import type { Tx } from '../db.ts';
import { type BoardPage, type BoardRecord, readBoardRecords } from '../sql/leaderboard.ts';

/** A page's records, each with how many rows the leaderboard has. */
export const readRecords = async (tx: Tx, page: BoardPage): Promise<(BoardRecord & { total: number })[]> =>
  (await readBoardRecords(tx, page)).map(({ record, total }) => ({ ...record, total }));
