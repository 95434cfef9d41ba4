import Link from 'next/link';
import { basePath } from '@/lib/base-path.ts';
import { paths } from '@/lib/paths.ts';
import { LinkButton } from '@/ui/button.tsx';
import { Wordmark } from '@/ui/wordmark.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { NavLinks } from './nav-links.tsx';
import { ThemeToggle } from './theme-toggle.tsx';
import { ViewerBadge } from './viewer-badge.tsx';

/** One line on a laptop; on a phone the pages stand on a second one. */
export function SiteHeader() {
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-paper">
      <div className="mx-auto grid max-w-[90rem] grid-cols-[auto_1fr] items-center gap-x-6 px-4 sm:px-6 md:grid-cols-[auto_1fr_auto]">
        <Link href={paths.leaderboard} className="flex h-12 items-center text-[0.9375rem]" aria-label="Studyhall, to the leaderboard">
          <Wordmark />
        </Link>
        <NavLinks className="order-3 col-span-2 md:order-none md:col-span-1" />
        <div className="flex h-12 items-center justify-end gap-1 sm:gap-2">
          <ConnectionMark />
          <a href={`${basePath}/graphql`} className="hidden px-1.5 text-[0.8125rem] text-muted hover:text-ink sm:inline">
            GraphiQL
          </a>
          <ViewerBadge />
          <ThemeToggle />
          <LinkButton href={paths.schedule()} look="primary" small className="ml-1">
            Schedule
          </LinkButton>
        </div>
      </div>
    </header>
  );
}
