import type { Tx } from '../db.ts';
import { type BoardPage, type BoardRecord, readBoardTexts } from '../sql/leaderboard.ts';

/** A page's records, each with how many rows the leaderboard has. */
export const readBoardRecords = async (tx: Tx, page: BoardPage): Promise<(BoardRecord & { total: number })[]> =>
  (await readBoardTexts(tx, page)).map(({ record, total }) => ({ ...JSON.parse(record), total }));
