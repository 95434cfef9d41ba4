'use client';

import { useState } from 'react';
import type { RunLiveFragment } from '@/generated/graphql.ts';
import { hasEnded } from '@/ui/run-state.tsx';
import { tooLateWords } from './too-late.ts';

/** Remembers that somebody wanted this run cancelled, and says so where it has ended by itself. */
export function useTooLate({ state, attempt }: Pick<RunLiveFragment, 'state' | 'attempt'>) {
  const [asked, setAsked] = useState<number | null>(null);
  const wanted = asked === attempt && hasEnded(state);
  return { ask: () => setAsked(attempt), words: wanted ? tooLateWords(state) : null };
}
