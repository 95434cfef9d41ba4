import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { loadAccess } from '@/features/access/load-viewer.ts';
import { LockedPage } from '@/features/access/locked-page.tsx';
import { UnreachablePage } from '@/features/access/unreachable-page.tsx';
import { SiteHeader } from '@/features/shell/site-header.tsx';
import { ApiProvider } from '@/lib/api/api-provider.tsx';
import { ViewerProvider } from '@/lib/viewer.tsx';

export default async function HouseLayout({ children }: { children: ReactNode }) {
  await connection();
  const access = await loadAccess();
  if (access.kind === 'locked') return <LockedPage />;
  if (access.kind === 'unreachable') return <UnreachablePage message={access.message} />;
  return (
    <ViewerProvider viewer={access.viewer}>
      <ApiProvider>
        <a
          href="#content"
          className="fixed top-2 left-2 z-50 -translate-y-16 rounded-[3px] border border-line-strong bg-raised px-3 py-1.5 focus:translate-y-0"
        >
          Skip to content
        </a>
        <SiteHeader />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[90rem] px-4 pb-24 outline-none sm:px-6">
          {children}
        </main>
      </ApiProvider>
    </ViewerProvider>
  );
}
