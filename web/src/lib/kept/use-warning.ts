'use client';

import { useEffect } from 'react';

/** Has the browser ask before the page is left, for as long as something would be lost by it. */
export function useWarning(loses: boolean): void {
  useEffect(() => {
    if (!loses) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', ask);
    return () => window.removeEventListener('beforeunload', ask);
  }, [loses]);
}
