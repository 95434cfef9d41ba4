import type { Metadata } from 'next';
import type { SearchParams } from 'nuqs/server';
import { Suspense } from 'react';
import { RunsList } from '@/features/runs/runs-list.tsx';
import { loadRunsState, runsVariables } from '@/features/runs/search-state.ts';
import { RunsDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Runs' };

export default async function RunsPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const variables = runsVariables(await loadRunsState(searchParams));
  return (
    <>
      <PageHeader title="Runs">One training of one cohort with one seed each.</PageHeader>
      <PreloadQuery query={RunsDocument} variables={variables}>
        <Suspense fallback={<TableSkeleton rows={12} rowHeight={56} label="Loading the runs" />}>
          <RunsList />
        </Suspense>
      </PreloadQuery>
    </>
  );
}
