'use client';

import { useEffect, useLayoutEffect, useState } from 'react';
import { begin, changes, conflicts, type Edits, follow, keepMine, restoreEdits, take, write } from './edits.ts';
import { forget, keep, readKept } from './kept-text.ts';
import { useWarning } from './use-warning.ts';

/** Whether something that was typed at a place waits to be saved: known once the page is alive. */
export function useHasKept(place: string): boolean {
  const [has, setHas] = useState(false);
  useLayoutEffect(() => setHas(readKept(place) !== null), [place]);
  return has;
}

/**
 * Texts that are edited while others may save theirs: nothing that was typed is overwritten by it, and none is lost by leaving the page.
 *
 * @param place where what is typed is kept.
 * @param saved the texts as they are saved, live.
 */
export function useEdits<Field extends string>(place: string, saved: Readonly<Record<Field, string>>) {
  const [own, setOwn] = useState<Edits<Field>>(() => begin(saved));
  const [outlives, setOutlives] = useState(true);
  const edits = follow(own, saved);
  // Before it is painted, and before fields report what was typed into them early: that goes on top of it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what is saved by then is followed.
  useLayoutEffect(() => {
    const restored = restoreEdits(saved, readKept(place)?.value);
    if (restored) setOwn(restored);
  }, [place]);
  const changed = changes(edits);
  const isChanged = Object.keys(changed).length > 0;
  useWarning(isChanged && !outlives);
  // Saved elsewhere by now just as it was written here.
  useEffect(() => {
    if (!isChanged && Object.keys(changes(own)).length > 0) forget(place);
  }, [isChanged, own, place]);
  const set = (next: Edits<Field>) => {
    setOwn(next);
    if (Object.keys(changes(next)).length > 0) setOutlives(keep(place, next));
    else forget(place);
  };
  return {
    texts: edits.mine,
    /** As they were saved when the writer last saw them. */
    before: edits.base,
    changed,
    isChanged,
    /** Fields that somebody else has saved meanwhile, too. */
    conflicts: conflicts(edits, saved),
    write: (field: Field, text: string) => set(write(edits, field, text)),
    takeTheirs: (field: Field) => set(take(edits, field, saved[field])),
    keepMine: (field: Field) => set(keepMine(edits, field, saved[field])),
    /** They were saved, or are no longer wanted. */
    done: () => forget(place),
  };
}
