import type { Metadata } from 'next';
import { type ReactNode, Suspense } from 'react';
import { type ScheduleSource, scheduleSource } from '@/features/schedule/schedule-source.ts';
import { ScheduleView } from '@/features/schedule/schedule-view.tsx';
import { ScheduleChoicesDocument, ScheduleDeckSourceDocument, ScheduleSourceDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Schedule' };

type Props = { searchParams: Promise<{ [name: string]: string | string[] | undefined }> };

export default async function SchedulePage({ searchParams }: Props) {
  const source = scheduleSource(await searchParams);
  const view = (
    <Suspense fallback={<TableSkeleton rows={14} rowHeight={64} label="Loading the form" />}>
      <ScheduleView source={source} />
    </Suspense>
  );
  return (
    <>
      <PageHeader title="Schedule a run">
        Every setting, with its default. Runs that share all of them but the seed form a group.
      </PageHeader>
      <PreloadQuery query={ScheduleChoicesDocument}>{preloaded(source, view)}</PreloadQuery>
    </>
  );
}

/** The form inside the query for what it starts with. */
function preloaded({ clone, group }: ScheduleSource, view: ReactNode): ReactNode {
  const inRun = clone ? (
    <PreloadQuery query={ScheduleSourceDocument} variables={{ id: clone }}>
      {view}
    </PreloadQuery>
  ) : (
    view
  );
  if (!group) return inRun;
  return (
    <PreloadQuery query={ScheduleDeckSourceDocument} variables={{ slug: group.slug, scale: group.scale }}>
      {inRun}
    </PreloadQuery>
  );
}
