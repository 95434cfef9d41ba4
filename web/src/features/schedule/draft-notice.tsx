'use client';

import { Ago } from '@/ui/ago.tsx';
import { Button } from '@/ui/button.tsx';
import type { KeptDraft } from './use-kept-draft.ts';

/** Says that the form holds what was typed before, and offers to discard it, and to have it again after all. */
export function DraftNotice({ kept }: { kept: KeptDraft }) {
  const { typedAt, changed, discarded, outlives, startOver, takeBack } = kept;
  return (
    <p className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      <span role="status">{words()}</span>
      {changed || discarded ? (
        // One button, whose words change: the focus stays on it.
        <Button small onClick={changed ? startOver : takeBack}>
          {changed ? 'Start over' : 'Bring back what I had typed'}
        </Button>
      ) : null}
    </p>
  );

  function words() {
    if (changed && !outlives) return 'This browser stores nothing for pages: what you typed is lost when this one is closed or reloaded.';
    if (changed && typedAt !== null)
      return (
        <>
          As you had left it, <Ago at={new Date(typedAt).toISOString()} />.
        </>
      );
    if (changed) return 'What you change is kept in this browser until it is scheduled.';
    return discarded ? 'Started over.' : '';
  }
}
