import type { SearchParams } from 'nuqs/server';
import { Suspense } from 'react';
import { Leaderboard } from '@/features/leaderboard/leaderboard.tsx';
import { LeaderboardLegend } from '@/features/leaderboard/leaderboard-legend.tsx';
import { loadLeaderboardState, writtenVariables } from '@/features/leaderboard/search-state.ts';
import { LeaderboardDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export default async function LeaderboardPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const variables = writtenVariables(await loadLeaderboardState(searchParams));
  return (
    <>
      <PageHeader title="Leaderboard">
        What each method gains over the same networks trained alone, and how much of it is seed noise.
      </PageHeader>
      <PreloadQuery query={LeaderboardDocument} variables={variables}>
        <Suspense fallback={<TableSkeleton rows={12} rowHeight={48} label="Loading the leaderboard" />}>
          <Leaderboard />
          <LeaderboardLegend />
        </Suspense>
      </PreloadQuery>
    </>
  );
}
