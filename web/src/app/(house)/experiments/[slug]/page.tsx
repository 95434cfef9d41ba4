import type { Metadata } from 'next';
import { Suspense } from 'react';
import { GroupCurves } from '@/features/comparison/group-curves.tsx';
import { ExperimentView } from '@/features/experiments/experiment-view.tsx';
import { ExperimentGroups } from '@/features/leaderboard/experiment-groups.tsx';
import { LeaderboardLegend } from '@/features/leaderboard/leaderboard-legend.tsx';
import { experimentVariables } from '@/features/leaderboard/search-state.ts';
import { ExperimentDocument, LeaderboardDocument } from '@/generated/graphql.ts';
import { PreloadQuery, query } from '@/lib/api/server-client.ts';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Experiment' };

export default async function ExperimentPage({ params }: { params: Promise<{ slug: string }> }) {
  const { slug } = await params;
  // Its id, which never changes, names what the parts below ask for.
  const { data } = await query({ query: ExperimentDocument, variables: { slug } });
  const id = data?.experiment?.id;
  return (
    <PreloadQuery query={ExperimentDocument} variables={{ slug }}>
      <Suspense fallback={<TableSkeleton rows={8} rowHeight={48} label="Loading the experiment" />}>
        <ExperimentView slug={slug}>
          {id ? (
            <PreloadQuery query={LeaderboardDocument} variables={experimentVariables(id)}>
              <Suspense fallback={<TableSkeleton rows={6} rowHeight={48} label="Loading the groups" />}>
                <ExperimentGroups experimentId={id} />
                <LeaderboardLegend />
                <GroupCurves experimentId={id} />
              </Suspense>
            </PreloadQuery>
          ) : null}
        </ExperimentView>
      </Suspense>
    </PreloadQuery>
  );
}
