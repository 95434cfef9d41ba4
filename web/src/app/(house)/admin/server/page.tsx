import type { Metadata } from 'next';
import { ServerActions } from '@/features/server/server-actions.tsx';
import { ServerFigures } from '@/features/server/server-figures.tsx';
import { PageHeader } from '@/ui/page-header.tsx';

export const metadata: Metadata = { title: 'Server' };

export default function ServerPage() {
  return (
    <>
      <PageHeader title="Server" actions={<ServerActions />}>
        How the API that answers is: its queue, leases, reports and event loop. Programs read the same at /metrics.
      </PageHeader>
      <ServerFigures />
    </>
  );
}
