'use client';

import { useState } from 'react';
import { Button } from '@/ui/button.tsx';
import { Input, TextArea } from '@/ui/input.tsx';

type Props = {
  title: string;
  note: string;
  action: string;
  busy: boolean;
  error: string | null;
  onSave: (fields: { title: string; note: string }) => void;
};

/** Title and note of an experiment, to be written. */
export function ExperimentFields({ title: titleBefore, note: noteBefore, action, busy, error, onSave }: Props) {
  const [title, setTitle] = useState(titleBefore);
  const [note, setNote] = useState(noteBefore);
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        onSave({ title: title.trim(), note });
      }}
    >
      <Input
        aria-label="Title"
        placeholder="Does mutual learning help two equal networks?"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
        required
        maxLength={200}
      />
      <TextArea
        aria-label="Note"
        placeholder="What is compared, and what would count as an answer"
        rows={5}
        value={note}
        onChange={(event) => setNote(event.target.value)}
      />
      {error ? (
        <p role="alert" className="text-xs text-danger">
          {error}
        </p>
      ) : null}
      <div className="flex justify-end">
        <Button type="submit" look="primary" disabled={busy || title.trim() === ''}>
          {action}
        </Button>
      </div>
    </form>
  );
}
