import type { Metadata } from 'next';
import { Suspense } from 'react';
import { GroupAnalyses } from '@/features/analyses/group-analyses.tsx';
import { GroupView } from '@/features/group/group-view.tsx';
import { GroupRows } from '@/features/leaderboard/group-rows.tsx';
import { LeaderboardLegend } from '@/features/leaderboard/leaderboard-legend.tsx';
import { GroupBoardDocument, GroupDocument, GroupTitleDocument } from '@/generated/graphql.ts';
import { PreloadQuery, query } from '@/lib/api/server-client.ts';
import { TableSkeleton } from '@/ui/skeleton.tsx';

type Props = { params: Promise<{ key: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await query({ query: GroupTitleDocument, variables: { key: (await params).key } });
  return { title: data?.group?.label ?? 'No such group' };
}

export default async function GroupPage({ params }: Props) {
  const variables = { key: (await params).key };
  return (
    <PreloadQuery query={GroupDocument} variables={variables}>
      <PreloadQuery query={GroupBoardDocument} variables={variables}>
        <Suspense fallback={<TableSkeleton rows={8} rowHeight={48} label="Loading the group" />}>
          <GroupView key={variables.key} groupKey={variables.key} analyses={<GroupAnalyses groupKey={variables.key} />}>
            <GroupRows groupKey={variables.key} />
            <LeaderboardLegend />
          </GroupView>
        </Suspense>
      </PreloadQuery>
    </PreloadQuery>
  );
}
