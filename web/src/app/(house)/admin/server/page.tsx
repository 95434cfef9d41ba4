import type { Metadata } from 'next';
import { ExportEverything } from '@/features/server/export-everything.tsx';
import { ServerFigures } from '@/features/server/server-figures.tsx';
import { paths } from '@/lib/paths.ts';
import { LinkButton } from '@/ui/button.tsx';
import { PageHeader } from '@/ui/page-header.tsx';

export const metadata: Metadata = { title: 'Server' };

export default function ServerPage() {
  return (
    <>
      <PageHeader
        title="Server"
        actions={
          <>
            <ExportEverything />
            <LinkButton href={paths.audit}>Audit log</LinkButton>
            <LinkButton href={paths.people}>People</LinkButton>
          </>
        }
      >
        How the API that answers is: its queue, leases, reports and event loop. Programs read the same at /metrics.
      </PageHeader>
      <ServerFigures />
    </>
  );
}
