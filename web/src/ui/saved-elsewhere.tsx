'use client';

import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

type Props = { what: string; theirs: string; onTake: () => void; onKeep: () => void };

/** Beside a text that is being written: somebody has saved another one meanwhile. Both are in sight until the writer chooses. */
export function SavedElsewhere({ what, theirs, onTake, onKeep }: Props) {
  return (
    <div role="status">
      <Notice
        tone="warn"
        title={`${what} was saved elsewhere while you were writing`}
        action={
          <>
            <Button small onClick={onKeep}>
              Keep mine
            </Button>
            <Button small onClick={onTake}>
              Take theirs
            </Button>
          </>
        }
      >
        <p className="text-xs">Yours stands above, unsaved. Saved is now:</p>
        <blockquote className="max-h-40 overflow-y-auto bg-sunken px-2 py-1 text-[0.8125rem] whitespace-pre-wrap text-ink [overflow-wrap:anywhere]">
          {theirs || <span className="text-muted">nothing</span>}
        </blockquote>
      </Notice>
    </div>
  );
}
