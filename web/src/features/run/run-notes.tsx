'use client';

import { useMutation } from '@apollo/client/react';
import Link from 'next/link';
import { useState } from 'react';
import { AnnotateRunDocument, type RunLiveFragment } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { Input, TextArea } from '@/ui/input.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';

/** What people say about the run: a note and tags, to be changed in place. */
export function RunNotes({ run }: { run: RunLiveFragment }) {
  const { canWrite } = useViewer();
  const [editing, setEditing] = useState(false);
  return (
    <section aria-labelledby="note">
      <SectionTitle
        id="note"
        aside={
          canWrite && !editing ? (
            <Button small look="quiet" onClick={() => setEditing(true)}>
              Edit
            </Button>
          ) : null
        }
      >
        Note
      </SectionTitle>
      {editing ? <NoteEditor run={run} onDone={() => setEditing(false)} /> : <NoteText run={run} />}
    </section>
  );
}

function NoteText({ run }: { run: RunLiveFragment }) {
  return (
    <div className="pt-2 text-[0.8125rem]">
      {run.note ? <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{run.note}</p> : <p className="text-muted">No note.</p>}
      {run.tags.length > 0 ? (
        <ul aria-label="Tags" className="mt-2 flex flex-wrap gap-1">
          {run.tags.map((tag) => (
            <li key={tag}>
              <Link
                href={`/runs?tag=${encodeURIComponent(tag)}`}
                className="inline-block rounded-[2px] bg-sunken px-1.5 text-xs text-muted hover:text-ink"
              >
                {tag}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

function NoteEditor({ run, onDone }: { run: RunLiveFragment; onDone: () => void }) {
  const [note, setNote] = useState(run.note);
  const [tags, setTags] = useState(run.tags.join(', '));
  const [annotate, { loading, error }] = useMutation(AnnotateRunDocument);
  const save = async () => {
    const list = [...new Set(tags.split(',').map((tag) => tag.trim()))].filter(Boolean);
    const saved = await annotate({ variables: { id: run.id, note, tags: list } }).catch(() => null);
    if (saved) onDone();
  };
  return (
    <form
      className="space-y-2 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextArea
        aria-label="Note"
        rows={4}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        placeholder="For those who read the result"
      />
      <Input
        aria-label="Tags, separated by commas"
        value={tags}
        onChange={(event) => setTags(event.target.value)}
        placeholder="Tags, separated by commas"
      />
      {error ? (
        <p role="alert" className="text-xs text-danger">
          {errorMessage(error)}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button small type="submit" look="primary" disabled={loading}>
          Save
        </Button>
        <Button small onClick={onDone}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}
