import type { Metadata } from 'next';
import { Suspense } from 'react';
import { RunSkeleton } from '@/features/run/run-skeleton.tsx';
import { RunView } from '@/features/run/run-view.tsx';
import { RunDocument, RunLogDocument, RunMetricsSoFarDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';

export const metadata: Metadata = { title: 'Run' };

export default async function RunPage({ params }: { params: Promise<{ id: string }> }) {
  const variables = { id: (await params).id };
  return (
    <PreloadQuery query={RunDocument} variables={variables}>
      <PreloadQuery query={RunMetricsSoFarDocument} variables={variables}>
        <PreloadQuery query={RunLogDocument} variables={variables}>
          <Suspense fallback={<RunSkeleton />}>
            <RunView key={variables.id} id={variables.id} />
          </Suspense>
        </PreloadQuery>
      </PreloadQuery>
    </PreloadQuery>
  );
}
