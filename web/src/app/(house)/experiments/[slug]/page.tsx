import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ExperimentAnalyses } from '@/features/analyses/experiment-analyses.tsx';
import { GroupCurves } from '@/features/comparison/group-curves.tsx';
import { ExperimentView } from '@/features/experiments/experiment-view.tsx';
import { ExperimentGroups } from '@/features/leaderboard/experiment-groups.tsx';
import { LeaderboardLegend } from '@/features/leaderboard/leaderboard-legend.tsx';
import { experimentVariables } from '@/features/leaderboard/search-state.ts';
import { ExperimentDocument, ExperimentTitleDocument, LeaderboardDocument } from '@/generated/graphql.ts';
import { PreloadQuery, query } from '@/lib/api/server-client.ts';
import { TableSkeleton } from '@/ui/skeleton.tsx';

type Props = { params: Promise<{ slug: string }> };

/** Asked once per request, for the title and for the id, which never changes and names what the parts below ask for. */
async function identify({ params }: Props) {
  const { slug } = await params;
  const { data } = await query({ query: ExperimentTitleDocument, variables: { slug } });
  return { slug, id: data?.experiment?.id, title: data?.experiment?.title };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: (await identify(props)).title ?? 'No such experiment' };
}

export default async function ExperimentPage(props: Props) {
  const { slug, id } = await identify(props);
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
                <ExperimentAnalyses experimentId={id} />
              </Suspense>
            </PreloadQuery>
          ) : null}
        </ExperimentView>
      </Suspense>
    </PreloadQuery>
  );
}
