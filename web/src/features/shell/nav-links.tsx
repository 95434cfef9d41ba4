'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { paths } from '@/lib/paths.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { cx } from '@/ui/cx.ts';

const pages = [
  { href: paths.leaderboard, name: 'Leaderboard' },
  { href: paths.runs(), name: 'Runs' },
  { href: paths.experiments, name: 'Experiments' },
  { href: paths.deck, name: 'Deck' },
  { href: paths.trainers, name: 'Trainers' },
];

/** Where people have accounts, for who lets them in. */
const forAdmins = { href: paths.people, name: 'People' };

export function NavLinks({ className }: { className?: string }) {
  const pathname = usePathname();
  const { role, hasPeople } = useViewer();
  const shown = role === 'ADMIN' && hasPeople ? [...pages, forAdmins] : pages;
  return (
    <nav aria-label="Pages" className={cx('-mx-1.5 flex h-10 items-stretch overflow-x-auto sm:-mx-2 sm:gap-1 md:h-12', className)}>
      {shown.map((page) => {
        const current = page.href === '/' ? pathname === '/' : pathname.startsWith(page.href);
        return (
          <Link
            key={page.href}
            href={page.href}
            aria-current={current ? 'page' : undefined}
            className={cx(
              'relative flex shrink-0 items-center text-[0.8125rem] sm:px-2 focus-visible:-outline-offset-2',
              // Six fit beside each other on a phone if they are small.
              shown.length > pages.length ? 'px-1 max-sm:text-xs' : 'px-1.5',
              current
                ? 'font-medium text-ink after:absolute after:inset-x-1.5 sm:after:inset-x-2 after:-bottom-px after:h-0.5 after:bg-accent'
                : 'text-muted hover:text-ink',
            )}
          >
            {page.name}
          </Link>
        );
      })}
    </nav>
  );
}
