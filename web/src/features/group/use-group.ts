'use client';

import { GroupDocument, type GroupQuery, GroupRunChangedDocument } from '@/generated/graphql.ts';
import { useLiveQuery } from '@/lib/live/use-live-query.ts';
import { useNews } from '@/lib/live/use-news.ts';

export type GroupFacts = NonNullable<GroupQuery['group']>;

/** A group with its runs, asked for again when one comes up or changes its state; null where there is none of that key. */
export function useGroup(key: string) {
  const isNews = useNews();
  const { data, read } = useLiveQuery(GroupDocument, { key }, GroupRunChangedDocument, () => ({
    variables: { groupKey: key },
    isStale: ({ runsChanged: { id, state, archived } }) => isNews(id, `${state} ${archived}`),
  }));
  return { group: data.group, read };
}
