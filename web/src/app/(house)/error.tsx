'use client';

import { useEffect } from 'react';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Button } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';

/** Shown in place of a page that could not be loaded. */
export default function HouseError({ error, reset }: { error: Error; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <Notice className="mt-10" tone="danger" title="This page could not be loaded" action={<Button onClick={reset}>Try again</Button>}>
      {errorMessage(error)}
    </Notice>
  );
}
