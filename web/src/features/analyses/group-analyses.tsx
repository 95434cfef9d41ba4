'use client';

import { useQuery } from '@apollo/client/react';
import { useMemo } from 'react';
import { GroupAnalysesDocument } from '@/generated/graphql.ts';
import { GroupsAnalyses } from './groups-analyses.tsx';

/** What was asked of a group and its independent twin. */
export function GroupAnalyses({ groupKey }: { groupKey: string }) {
  const { data } = useQuery(GroupAnalysesDocument, { variables: { key: groupKey } });
  const group = data?.group;
  const groups = useMemo(
    () =>
      group
        ? [group, ...(group.twin ? [group.twin] : [])].map((one) => ({ groupKey: one.groupKey, title: one.label, method: one.method }))
        : [],
    [group],
  );
  return <GroupsAnalyses groups={groups} file={`group-${groupKey.slice(0, 8)}`} />;
}
