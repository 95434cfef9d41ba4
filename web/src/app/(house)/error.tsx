'use client';

import type { Route } from 'next';
import { usePathname, useRouter } from 'next/navigation';
import { startTransition, useCallback, useEffect } from 'react';
import { errorMessage } from '@/lib/api/error-code.ts';
import { refusalOf } from '@/lib/live/refusal.ts';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';

/** Shown in place of a page that could not be loaded. Unless it was refused for good, it is tried again every few seconds. */
export default function HouseError({ error, reset }: { error: Error; reset: () => void }) {
  const router = useRouter();
  const pathname = usePathname() as Route;
  const again = useCallback(
    () =>
      startTransition(() => {
        router.refresh();
        reset();
      }),
    [router, reset],
  );
  useEffect(() => {
    console.error(error);
    if (refusalOf(error)) return;
    const timer = setTimeout(again, 2000 + 2000 * Math.random());
    return () => clearTimeout(timer);
  }, [error, again]);
  const startOver = () =>
    startTransition(() => {
      router.replace(pathname);
      reset();
    });
  // What the API refuses is something that the address asks for, such as a place in a list.
  const action = refusalOf(error) ? (
    <Button onClick={startOver}>Open it from the start</Button>
  ) : (
    <Button onClick={again}>Try again</Button>
  );
  return (
    <Notice className="mt-10" tone="danger" title="This page could not be loaded" action={action}>
      {errorMessage(error)}
    </Notice>
  );
}
