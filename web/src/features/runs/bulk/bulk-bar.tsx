'use client';

import { useState } from 'react';
import { wholeNumber } from '@/lib/format/number.ts';
import { Button } from '@/ui/button.tsx';
import { ProgressBar } from '@/ui/progress-bar.tsx';
import { type Asking, BulkDialogs } from './bulk-dialogs.tsx';
import { runsInWords } from './bulk-words.ts';
import type { useBulk } from './use-bulk.ts';
import type { Selection } from './use-selection.ts';

type Props = {
  selection: Selection;
  bulk: ReturnType<typeof useBulk>;
  /** All that the filters let through, on other pages, too; and a way to select them. */
  totalCount: number;
  onSelectAll: () => void;
  selectingAll: boolean;
  onSelectNone: () => void;
  /** Whether the list shows what is archived. */
  archived: boolean;
};

/** What can be done to the runs that are selected; nothing while none is. */
export function BulkBar({ selection, bulk, totalCount, onSelectAll, selectingAll, onSelectNone, archived }: Props) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const ids = [...selection.selected];
  const { progress } = bulk;
  if (ids.length === 0 && !progress) return null;
  const done = () => {
    setAsking(null);
    selection.set([]);
  };
  const change = (action: 'CANCEL' | 'RETRY' | 'ARCHIVE' | 'UNARCHIVE' | 'DELETE') => {
    done();
    void bulk.change(action, ids);
  };
  return (
    <section
      aria-label="What to do with the selected runs"
      className="sticky bottom-0 z-20 -mx-3 mt-2 flex flex-wrap items-center gap-2 border-t border-line-strong bg-raised px-3 py-2 shadow-[0_-4px_12px_rgb(0_0_0/0.08)]"
    >
      {progress ? (
        <div className="min-w-48 grow">
          <ProgressBar
            value={progress.done / Math.max(1, progress.all)}
            label={`${wholeNumber(progress.done)} of ${runsInWords(progress.all)}`}
          />
          <p className="mt-1 text-xs text-muted">
            {wholeNumber(progress.done)} of {runsInWords(progress.all)}
          </p>
        </div>
      ) : (
        <>
          <p role="status" className="mr-2 text-[0.8125rem] font-medium">
            {runsInWords(ids.length)} selected
          </p>
          {ids.length < totalCount ? (
            <Button small look="quiet" disabled={selectingAll} onClick={onSelectAll}>
              {selectingAll ? 'Selecting…' : `Select all ${wholeNumber(totalCount)}`}
            </Button>
          ) : null}
          <Button small onClick={() => change('RETRY')}>
            Retry
          </Button>
          <Button small onClick={() => setAsking('TAG')}>
            Tag
          </Button>
          <Button small onClick={() => setAsking('MOVE')}>
            Into an experiment
          </Button>
          {archived ? (
            <Button small onClick={() => change('UNARCHIVE')}>
              Take out of the archive
            </Button>
          ) : (
            <>
              <Button small onClick={() => change('ARCHIVE')}>
                Archive
              </Button>
              <Button small look="danger" onClick={() => setAsking('CANCEL')}>
                Cancel runs
              </Button>
            </>
          )}
          {archived ? (
            <Button small look="danger" onClick={() => setAsking('DELETE')}>
              Delete
            </Button>
          ) : null}
          <Button small look="quiet" className="ml-auto" onClick={onSelectNone}>
            Select none
          </Button>
        </>
      )}
      <BulkDialogs
        asking={asking}
        count={ids.length}
        onClose={() => setAsking(null)}
        onChange={change}
        onTag={(add, remove) => {
          done();
          void bulk.tag(ids, add, remove);
        }}
        onMove={(chosen) => {
          done();
          void bulk.move(ids, chosen);
        }}
      />
    </section>
  );
}
