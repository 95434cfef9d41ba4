'use client';

import { useEdits } from '@/lib/kept/use-edits.ts';
import { Button } from '@/ui/button.tsx';
import { Input, TextArea } from '@/ui/input.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { SavedElsewhere } from '@/ui/saved-elsewhere.tsx';

type Fields = { title: string; note: string };

type Props = Fields & {
  /** Where what is typed is kept: the window that shows it may be closed in between. */
  place: string;
  action: string;
  busy: boolean;
  error: unknown;
  /** Given what was changed, and as it was when it was read. Answers whether it was saved. */
  onSave: (fields: Fields, changed: Partial<Fields>, before: Fields) => Promise<boolean>;
  onLeave: () => void;
};

const names = { title: 'The title', note: 'The note' };

/** Title and note of an experiment, to be written. */
export function ExperimentFields({ title, note, place, action, busy, error, onSave, onLeave }: Props) {
  const saved = { title, note };
  const edits = useEdits(place, saved);
  const { texts } = edits;
  return (
    <form
      className="space-y-3"
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy || texts.title.trim() === '') return;
        const { title = texts.title, ...changed } = edits.changed;
        const isTitled = title.trim() !== saved.title;
        const sent = { ...changed, ...(isTitled ? { title: title.trim() } : {}) };
        const done = await onSave({ ...texts, title: title.trim() }, sent, edits.before);
        if (done) edits.done();
      }}
    >
      <Input
        aria-label="Title"
        placeholder="Does mutual learning help two equal networks?"
        value={texts.title}
        onChange={(event) => edits.write('title', event.target.value)}
        required
        maxLength={200}
      />
      <TextArea
        aria-label="Note"
        placeholder="What is compared, and what would count as an answer"
        rows={5}
        value={texts.note}
        onChange={(event) => edits.write('note', event.target.value)}
      />
      {busy
        ? null
        : edits.conflicts.map((field) => (
            <SavedElsewhere
              key={field}
              what={names[field]}
              theirs={saved[field]}
              onTake={() => edits.takeTheirs(field)}
              onKeep={() => edits.keepMine(field)}
            />
          ))}
      <Refusal of={edits.conflicts.length === 0 ? error : null} />
      <div className="flex justify-end gap-2">
        {edits.isChanged ? (
          <Button
            onClick={() => {
              edits.done();
              onLeave();
            }}
          >
            Discard
          </Button>
        ) : null}
        <Button type="submit" look="primary" busy={busy} disabled={texts.title.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  );
}
