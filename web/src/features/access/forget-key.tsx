'use client';

import { useEffect } from 'react';
import { basePath } from '@/lib/base-path.ts';

/** Has a key that opens nothing forgotten, so that it is spoken of once. */
export function ForgetKey() {
  useEffect(() => {
    // Not answered: the next page tries again.
    fetch(`${basePath}/enter/forget`, { method: 'POST' }).catch(() => {});
  }, []);
  return null;
}
