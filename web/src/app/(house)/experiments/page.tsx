import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { Suspense } from 'react';
import { CreateExperiment } from '@/features/experiments/create-experiment.tsx';
import { ExperimentsList } from '@/features/experiments/experiments-list.tsx';
import { experimentsVariables, loadExperimentsState } from '@/features/experiments/search-state.ts';
import { ExperimentsDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Experiments' };

export default async function ExperimentsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const variables = experimentsVariables(await loadExperimentsState(searchParams));
  return (
    <>
      <PageHeader title="Experiments" actions={<CreateExperiment />}>
        Questions, and the runs that answer them.
      </PageHeader>
      <PreloadQuery query={ExperimentsDocument} variables={variables}>
        <Suspense fallback={<TableSkeleton rows={6} rowHeight={64} label="Loading the experiments" />}>
          <ExperimentsList />
        </Suspense>
      </PreloadQuery>
    </>
  );
}
