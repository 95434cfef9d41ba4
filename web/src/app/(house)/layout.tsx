import { connection } from 'next/server';
import type { ReactNode } from 'react';
import { loadAccess } from '@/features/access/load-viewer.ts';
import { LockedPage } from '@/features/access/locked-page.tsx';
import { StaleKeyNotice } from '@/features/access/stale-key-notice.tsx';
import { UnreachablePage } from '@/features/access/unreachable-page.tsx';
import { FocusKeeper } from '@/features/shell/focus-keeper.tsx';
import { PressKeeper } from '@/features/shell/press-keeper.tsx';
import { ScrollKeeper } from '@/features/shell/scroll-keeper.tsx';
import { SiteHeader } from '@/features/shell/site-header.tsx';
import { UntoldChanges } from '@/features/shell/untold-changes.tsx';
import { ApiProvider } from '@/lib/api/api-provider.tsx';
import { readNonce } from '@/lib/nonce.ts';
import { ViewerProvider } from '@/lib/viewer.tsx';
import { NowProvider } from '@/ui/use-now.tsx';

export default async function HouseLayout({ children }: { children: ReactNode }) {
  await connection();
  const access = await loadAccess();
  if (access.kind === 'locked') return <LockedPage because={access.staleKey ? 'stale key' : 'no key'} hasPeople={access.hasPeople} />;
  if (access.kind === 'unreachable') return <UnreachablePage message={access.message} />;
  return (
    <NowProvider at={Date.now()}>
      <ViewerProvider viewer={access.viewer}>
        <ApiProvider nonce={await readNonce()}>
          <a
            href="#content"
            className="sr-only rounded-[3px] border border-line-strong bg-raised focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:px-3 focus:py-1.5"
          >
            Skip to content
          </a>
          <FocusKeeper />
          <PressKeeper />
          <ScrollKeeper />
          <UntoldChanges />
          <SiteHeader />
          <main id="content" tabIndex={-1} className="mx-auto w-full max-w-[90rem] px-4 pb-24 outline-none sm:px-6">
            {access.staleKey ? <StaleKeyNotice /> : null}
            {children}
          </main>
        </ApiProvider>
      </ViewerProvider>
    </NowProvider>
  );
}
