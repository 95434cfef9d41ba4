'use client';

import { useRef } from 'react';
import { News } from './news.ts';

/**
 * Tells news from what was heard before or is shown already.
 *
 * @param shown what the page shows now.
 */
export function useNews(shown: readonly (readonly [id: string, what: string])[] = []): (id: string, what: string) => boolean {
  const news = useRef<News>(undefined);
  news.current ??= new News();
  const known = news.current;
  known.show(shown);
  return (id, what) => known.hear(id, what);
}
