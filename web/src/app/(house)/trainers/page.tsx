import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Fleet } from '@/features/trainers/fleet.tsx';
import { TrainersDocument } from '@/generated/graphql.ts';
import { PreloadQuery } from '@/lib/api/server-client.ts';
import { paths } from '@/lib/paths.ts';
import { LinkButton } from '@/ui/button.tsx';
import { PageHeader } from '@/ui/page-header.tsx';
import { TableSkeleton } from '@/ui/skeleton.tsx';

export const metadata: Metadata = { title: 'Trainers' };

export default function TrainersPage() {
  return (
    <>
      <PageHeader
        title="Trainers"
        actions={
          <>
            <LinkButton href={paths.tokens}>Tokens</LinkButton>
            <LinkButton href={paths.server}>Server</LinkButton>
          </>
        }
      >
        The machines that train: what they are, and what they run now.
      </PageHeader>
      <PreloadQuery query={TrainersDocument}>
        <Suspense fallback={<TableSkeleton rows={2} rowHeight={160} label="Loading the trainers" />}>
          <Fleet />
        </Suspense>
      </PreloadQuery>
    </>
  );
}
