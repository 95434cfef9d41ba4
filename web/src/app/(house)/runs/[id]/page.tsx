import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunAnalyses } from '@/features/analyses/run-analyses.tsx';
import { RunSkeleton } from '@/features/run/run-skeleton.tsx';
import { RunView } from '@/features/run/run-view.tsx';
import { RunAnalysesDocument, RunDocument, RunLogDocument, RunMetricsSoFarDocument, RunTitleDocument } from '@/generated/graphql.ts';
import { PreloadQuery, query } from '@/lib/api/server-client.ts';

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { data } = await query({ query: RunTitleDocument, variables: { id: (await params).id } });
  return { title: data?.run ? `${data.run.label}, seed ${data.run.seed}` : 'No such run' };
}

export default async function RunPage({ params }: Props) {
  const variables = { id: (await params).id };
  return (
    <PreloadQuery query={RunDocument} variables={variables}>
      <PreloadQuery query={RunMetricsSoFarDocument} variables={variables}>
        <PreloadQuery query={RunLogDocument} variables={variables}>
          <PreloadQuery query={RunAnalysesDocument} variables={variables}>
            <Suspense fallback={<RunSkeleton />}>
              <RunView key={variables.id} id={variables.id} analyses={<RunAnalyses runId={variables.id} />} />
            </Suspense>
          </PreloadQuery>
        </PreloadQuery>
      </PreloadQuery>
    </PreloadQuery>
  );
}
