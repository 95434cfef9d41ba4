import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ScheduleView } from '@/features/schedule/schedule-view.tsx';
import { ScheduleChoicesDocument, ScheduleSourceDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Schedule' };

type Props = { searchParams: Promise<{ clone?: string | string[]; experiment?: string | string[] }> };

export default async function SchedulePage({ searchParams }: Props) {
  const { clone, experiment } = await searchParams;
  const source = typeof clone === 'string' ? clone : null;
  const view = (
    <Suspense fallback={<TableSkeleton rows={14} rowHeight={64} label="Loading the form" />}>
      <ScheduleView clone={source} experiment={typeof experiment === 'string' ? experiment : null} />
    </Suspense>
  );
  return (
    <>
      <PageHeader title="Schedule a run">
        Every setting, with its default. Runs that share all of them but the seed form a group.
      </PageHeader>
      <PreloadQuery query={ScheduleChoicesDocument}>
        {source ? (
          <PreloadQuery query={ScheduleSourceDocument} variables={{ id: source }}>
            {view}
          </PreloadQuery>
        ) : (
          view
        )}
      </PreloadQuery>
    </>
  );
}
