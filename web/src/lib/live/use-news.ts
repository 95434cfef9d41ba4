'use client';

import { useRef } from 'react';

type Known = readonly [id: string, what: string];

/**
 * Tells news from what was heard before or is shown already: a run's progress changes several times a second, its state hardly ever.
 *
 * @param shown what the page shows, which counts as heard where nothing was.
 */
export function useNews(shown: readonly Known[] = []): (id: string, what: string) => boolean {
  const heard = useRef(new Map<string, string>());
  // A page may be drawn from an answer that is older than the last message, or from a change that came by another way.
  for (const [id, what] of shown) if (!heard.current.has(id)) heard.current.set(id, what);
  return (id, what) => {
    const before = heard.current.get(id);
    heard.current.set(id, what);
    return before !== what;
  };
}
