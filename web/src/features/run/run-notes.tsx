'use client';

import { useApolloClient, useMutation } from '@apollo/client/react';
import { checkTags, readTags } from '@studyhall/contract/tags/tags.ts';
import Link from 'next/link';
import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { AnnotateRunDocument, RunDocument, type RunLiveFragment } from '@/generated/graphql.ts';
import { errorCode } from '@/lib/api/error-code.ts';
import { useEdits, useHasKept } from '@/lib/kept/use-edits.ts';
import { useViewer } from '@/lib/viewer.tsx';
import { Button } from '@/ui/button.tsx';
import { TextArea } from '@/ui/input.tsx';
import { SectionTitle } from '@/ui/page-header.tsx';
import { Refusal } from '@/ui/refusal.tsx';
import { SavedElsewhere } from '@/ui/saved-elsewhere.tsx';
import { TagsInput } from '@/ui/tags-input.tsx';

/** What people say about the run: a note and tags, to be changed in place. */
export function RunNotes({ run }: { run: RunLiveFragment }) {
  const { canWrite } = useViewer();
  const place = `note ${run.id}`;
  const waits = useHasKept(place);
  const [opened, setOpened] = useState<boolean | null>(null);
  const editing = canWrite && (opened ?? waits);
  const edit = useRef<HTMLButtonElement>(null);
  return (
    <section aria-labelledby="note">
      <SectionTitle
        id="note"
        aside={
          canWrite ? (
            // It stays in its place, so that the focus can come back to it.
            <Button ref={edit} small look="quiet" className={editing ? 'invisible' : ''} onClick={() => setOpened(true)}>
              Edit
            </Button>
          ) : null
        }
      >
        Note
      </SectionTitle>
      {editing ? (
        <NoteEditor
          run={run}
          place={place}
          focused={opened === true}
          onDone={() => {
            flushSync(() => setOpened(false));
            edit.current?.focus();
          }}
        />
      ) : (
        <NoteText run={run} />
      )}
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

type EditorProps = { run: RunLiveFragment; place: string; focused: boolean; onDone: () => void };

function NoteEditor({ run, place, focused, onDone }: EditorProps) {
  const saved = { note: run.note, tags: run.tags.join(', ') };
  const edits = useEdits(place, saved);
  const { note, tags } = edits.texts;
  const [annotate, { loading, error }] = useMutation(AnnotateRunDocument);
  const client = useApolloClient();
  const wrong = checkTags(readTags([tags]));
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  const leave = () => {
    edits.done();
    onDone();
  };
  /** Saved by somebody else in this very moment: theirs has yet to come. */
  const readTheirs = async (failure: unknown) => {
    if (errorCode(failure) === 'CONFLICT')
      await client.query({ query: RunDocument, variables: { id: run.id }, fetchPolicy: 'network-only' }).catch(() => null);
    return null;
  };
  const save = async () => {
    if (loading || wrong) return;
    const { changed } = edits;
    // What is absent stays as others save it.
    const input = {
      ...(changed.note === undefined ? {} : { note: changed.note }),
      ...(changed.tags === undefined ? {} : { tags: readTags([changed.tags]) }),
    };
    const before = { note: edits.before.note, tags: readTags([edits.before.tags]) };
    const done = !edits.isChanged || (await annotate({ variables: { id: run.id, ...input, before } }).catch(readTheirs));
    if (done) leave();
  };
  return (
    <form
      className="space-y-2 pt-2"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !edits.isChanged) leave();
      }}
    >
      <TextArea
        aria-label="Note"
        rows={4}
        ref={field}
        value={note}
        onChange={(event) => edits.write('note', event.target.value)}
        placeholder="For those who read the result"
      />
      <TagsInput aria-label="Tags" aria-invalid={wrong !== null || undefined} value={tags} onChange={(text) => edits.write('tags', text)} />
      <Refusal of={wrong} className="first-letter:uppercase" />
      {loading
        ? null
        : edits.conflicts.map((field) => (
            <SavedElsewhere
              key={field}
              what={field === 'note' ? 'The note' : 'Its tags'}
              theirs={saved[field]}
              onTake={() => edits.takeTheirs(field)}
              onKeep={() => edits.keepMine(field)}
            />
          ))}
      <Refusal of={edits.conflicts.length === 0 ? error : null} />
      <div className="flex gap-2">
        <Button small type="submit" look="primary" busy={loading} disabled={wrong !== null}>
          Save
        </Button>
        <Button small onClick={leave}>
          Leave as it was
        </Button>
      </div>
    </form>
  );
}
