import { archiveRuns, cancelRuns, deleteRuns, retryRuns } from '../runs/control.ts';
import type { RulesSuite } from './rules-suite.ts';
import { standing } from './standing.ts';

/** What people do with runs, as rules, and how a run stands after that. */
export const controlsOf = (suite: RulesSuite) => ({
  state: (id: string) => standing(suite.db, id),
  cancel: (ids: string[]) => suite.inTransaction((tx) => cancelRuns(tx, ids)),
  retry: (ids: string[]) => suite.inTransaction((tx) => retryRuns(tx, ids)),
  archive: (ids: string[]) => suite.inTransaction((tx) => archiveRuns(tx, ids, true)),
  remove: (ids: string[]) => suite.inTransaction((tx) => deleteRuns(tx, ids)),
});
