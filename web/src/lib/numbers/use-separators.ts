'use client';

import { useMemo, useSyncExternalStore } from 'react';
import { english, type Separators, separatorsOf } from './separators.ts';

const never = () => () => {};

/** How the reader's browser writes numbers; until the page has woken up, as the pages do. */
export function useSeparators(): Separators {
  const locale = useSyncExternalStore(
    never,
    () => navigator.language,
    () => '',
  );
  return useMemo(() => (locale ? separatorsOf(locale) : english), [locale]);
}
