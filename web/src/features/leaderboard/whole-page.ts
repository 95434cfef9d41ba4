import { unmask } from '@/generated/fragment-masking.ts';
import { type LeaderboardChangedSubscription, type LeaderboardQuery, LeaderboardRowFieldsFragmentDoc } from '@/generated/graphql.ts';

/**
 * The page as it is after a message, which holds the rows that are new or have changed, and the order of all.
 *
 * @param known the page before it.
 * @returns null if a row is in neither: something was missed.
 */
export function wholePage({ leaderboardChanged }: LeaderboardChangedSubscription, known: LeaderboardQuery | null): LeaderboardQuery | null {
  const all = [...(known?.leaderboard.edges ?? []), ...leaderboardChanged.edges];
  const byId = new Map(all.map((edge) => [unmask(LeaderboardRowFieldsFragmentDoc, edge.node).id, edge]));
  const edges = leaderboardChanged.rowIds.flatMap((id) => byId.get(id) ?? []);
  return edges.length === leaderboardChanged.rowIds.length ? { leaderboard: { ...leaderboardChanged, edges } } : null;
}
