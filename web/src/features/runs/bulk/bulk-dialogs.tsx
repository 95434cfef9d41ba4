'use client';

import { readTags } from '@studyhall/contract/tags/tags.ts';
import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Dialog } from '@/ui/dialog.tsx';
import { ExperimentCombobox } from '@/ui/experiment-combobox.tsx';
import { TagsInput } from '@/ui/tags-input.tsx';
import { runsInWords } from './bulk-words.ts';

/** What is asked before it is done. */
export type Asking = 'CANCEL' | 'DELETE' | 'TAG' | 'MOVE';

type Props = {
  asking: Asking | null;
  count: number;
  onClose: () => void;
  onChange: (action: 'CANCEL' | 'DELETE') => void;
  onTag: (add: string[], remove: string[]) => void;
  /** Given the choice of an experiment. */
  onMove: (chosen: string) => void;
};

const titles: Record<Asking, (runs: string) => string> = {
  CANCEL: (runs) => `Cancel ${runs}?`,
  DELETE: (runs) => `Delete ${runs} for good?`,
  TAG: (runs) => `Tag ${runs}`,
  MOVE: (runs) => `Put ${runs} into an experiment`,
};

const descriptions: Record<Asking, string> = {
  CANCEL: 'Their epochs so far and their last checkpoints are kept; they can be retried from there.',
  DELETE: 'Their curves, results, logs, weights and checkpoints go with them. This cannot be undone.',
  TAG: 'Tags are short words to find the runs again, separated by commas.',
  MOVE: 'A run is in one experiment at most: these leave the one they are in.',
};

/** The windows in which what is done to many runs is confirmed, or said more of. */
export function BulkDialogs({ asking, count, onClose, onChange, onTag, onMove }: Props) {
  if (!asking) return null;
  return (
    <Dialog open onOpenChange={(open) => open || onClose()} title={titles[asking](runsInWords(count))} description={descriptions[asking]}>
      {asking === 'TAG' ? <TagForm onTag={onTag} /> : null}
      {asking === 'MOVE' ? <MoveForm onMove={onMove} /> : null}
      {asking === 'CANCEL' || asking === 'DELETE' ? (
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{asking === 'CANCEL' ? 'Let them run' : 'Keep them'}</Button>
          <Button look="danger" onClick={() => onChange(asking)}>
            {asking === 'CANCEL' ? 'Cancel' : 'Delete'} {runsInWords(count)}
          </Button>
        </div>
      ) : null}
    </Dialog>
  );
}

function TagForm({ onTag }: Pick<Props, 'onTag'>) {
  const [add, setAdd] = useState('');
  const [remove, setRemove] = useState('');
  const [added, removed] = [readTags([add]), readTags([remove])];
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onTag(added, removed);
      }}
    >
      <TagsInput aria-label="Tags to add" placeholder="Tags to add" value={add} onChange={setAdd} />
      <TagsInput aria-label="Tags to take away" placeholder="Tags to take away" value={remove} onChange={setRemove} />
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={added.length + removed.length === 0}>
          Tag
        </Button>
      </div>
    </form>
  );
}

function MoveForm({ onMove }: Pick<Props, 'onMove'>) {
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    // Room for the list of experiments.
    <form
      className="flex min-h-72 flex-col justify-between gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen !== null) onMove(chosen);
      }}
    >
      <ExperimentCombobox label="Experiment" value={chosen} onChange={setChosen} className="w-full" />
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={chosen === null}>
          {chosen === '' ? 'Take them out of theirs' : 'Put them in'}
        </Button>
      </div>
    </form>
  );
}
