'use client';

import { settings } from '@studyhall/contract/settings/contract.ts';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { UseFormReturn } from 'react-hook-form';
import type { Draft } from '@/lib/contract/draft.ts';
import { restoreDraft } from '@/lib/contract/restore-draft.ts';
import { forget, keep, readKept } from '@/lib/kept/kept-text.ts';
import { useWarning } from '@/lib/kept/use-warning.ts';

/** What becomes of what somebody types into the form. */
export type KeptDraft = {
  /** When what the form opened with was typed, in milliseconds; null where it opened as it always does. */
  typedAt: number | null;
  /** It holds something else than it opens with. */
  changed: boolean;
  /** What was there before it was started over can be had again. */
  discarded: boolean;
  /** What is typed outlives the page: not where the browser stores nothing. */
  outlives: boolean;
  startOver(): void;
  takeBack(): void;
  /** It was sent: it opens anew from now on. */
  sent(): void;
};

/**
 * Keeps the draft of the form at its address, whatever one does in between: other pages, a reload, a closed tab. Whoever would lose it all
 * the same, since the browser stores nothing, is asked before they leave.
 *
 * @param place where it is kept: what the form starts with is part of it.
 */
export function useKeptDraft(place: string, form: UseFormReturn<Draft>, draft: Draft): KeptDraft {
  const [typedAt, setTypedAt] = useState<number | null>(null);
  const [discarded, setDiscarded] = useState<Draft | null>(null);
  const [outlives, setOutlives] = useState(true);
  const text = JSON.stringify(draft);
  const written = useRef(text);
  const initial = form.formState.defaultValues as Draft;
  const changed = text !== JSON.stringify(initial);

  // Before it is painted, and before fields report what was typed into them while the page was not alive: that goes on top of it.
  useLayoutEffect(() => {
    const kept = readKept<unknown>(place);
    if (!kept) return;
    const opened = form.getValues();
    const restored = restoreDraft(settings, 'ScheduleRunsInput', opened, kept.value);
    if (JSON.stringify(restored) === JSON.stringify(opened)) return;
    fill(form, restored);
    written.current = JSON.stringify(restored);
    setTypedAt(kept.at);
  }, [place, form]);

  useEffect(() => {
    if (text === written.current) return;
    written.current = text;
    if (changed) setOutlives(keep(place, JSON.parse(text)));
    else forget(place);
  }, [place, text, changed]);
  useWarning(changed && !outlives);

  return {
    typedAt,
    changed,
    discarded: discarded !== null && !changed,
    outlives,
    startOver: () => {
      setDiscarded(structuredClone(form.getValues()));
      setTypedAt(null);
      fill(form, initial);
    },
    takeBack: () => {
      if (discarded) fill(form, discarded);
      setDiscarded(null);
    },
    sent: () => forget(place),
  };
}

/** Fields stay registered: what they report in the same moment is heard. */
function fill(form: UseFormReturn<Draft>, values: Draft): void {
  form.reset(structuredClone(values), { keepDefaultValues: true, keepFieldsRef: true });
}
