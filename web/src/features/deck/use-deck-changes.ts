'use client';

import type { DeckRunsChangedSubscription } from '@/generated/graphql.ts';
import { useNews } from '@/lib/live/use-news.ts';

/**
 * What the deck's pages follow: runs, of some groups or all. Their progress goes into the cache by itself; what is made of them is asked
 * for again when one comes up or changes its state, and, if `epochs` are wanted, when it commits some.
 */
export function useDeckChanges({ epochs = false } = {}) {
  const isNews = useNews();
  return (groups?: ReadonlySet<string>) => ({
    variables: {},
    isStale: ({ runsChanged: { id, state, archived, epochsDone, groupKey } }: DeckRunsChangedSubscription) =>
      (!groups || groups.has(groupKey)) && isNews(id, `${state} ${archived} ${epochs ? epochsDone : ''}`),
    // Several runs commit epochs within moments of each other: their rows are fetched together.
    pause: epochs ? 1500 : 400,
  });
}

/** The keys of these groups, as far as they have one. */
export function keysOf(groups: readonly { groupKey?: string | null }[]): ReadonlySet<string> {
  return new Set(groups.flatMap(({ groupKey }) => groupKey ?? []));
}
