import { type Db, transact } from '../db.ts';
import { announce } from '../events/topics.ts';
import { findBoardGroups, rewriteGroups } from '../sql/board.ts';

/** Groups in one transaction: whoever ends a run of one of them waits that long. */
const groupsAtOnce = 200;

/**
 * Writes the leaderboard's rows anew, whatever stands there: for a board that somebody has changed by hand, or that was restored. Runs may
 * end meanwhile.
 *
 * @returns of how many groups runs are there.
 */
export async function rebuildBoard(db: Db): Promise<number> {
  const { groups, kept } = await findBoardGroups(db);
  const all = [...new Set([...groups, ...kept])];
  for (let start = 0; start < all.length; start += groupsAtOnce)
    await transact(db, (tx) => rewriteGroups(tx, all.slice(start, start + groupsAtOnce)));
  await announce(db, [['leaderboard', 'all']]);
  return groups.length;
}
