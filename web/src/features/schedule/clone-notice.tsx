'use client';

import { readTags } from '@studyhall/contract/tags/tags.ts';
import { useController } from 'react-hook-form';
import { Checkbox } from '@/ui/input.tsx';
import type { LeftBehind } from './initial-draft.ts';

/** Offers a copy what people said of the run that it was made of. Both stand in the form like what is typed there. */
export function CloneNotice({ left }: { left: LeftBehind }) {
  const { field: tags } = useController({ name: 'tags' });
  const { field: note } = useController({ name: 'note' });
  const own = readTags([typeof tags.value === 'string' ? tags.value : '']);
  const taken = left.tags.every((tag) => own.includes(tag));
  const take = (all: boolean) => {
    const rest = own.filter((tag) => !left.tags.includes(tag));
    tags.onChange((all ? [...rest, ...left.tags] : rest).join(', '));
  };
  const written = typeof note.value === 'string' ? note.value : '';
  return (
    <fieldset className="mb-2 border-l-2 border-line py-1 pl-4">
      <legend className="sr-only">What was said of the run</legend>
      <p className="text-[0.8125rem] text-muted">Its tags and note speak of that run alone. Take them along?</p>
      <div className="flex flex-wrap gap-x-6">
        {left.tags.length > 0 ? (
          <Checkbox checked={taken} onChange={(event) => take(event.target.checked)}>
            Its tags: {left.tags.join(', ')}
          </Checkbox>
        ) : null}
        {left.note ? (
          <Checkbox
            checked={written.includes(left.note)}
            onChange={(event) => note.onChange(event.target.checked ? withNote(written, left.note) : withoutNote(written, left.note))}
          >
            <span className="line-clamp-1 max-w-[60ch] [overflow-wrap:anywhere]">Its note: {left.note}</span>
          </Checkbox>
        ) : null}
      </div>
    </fieldset>
  );
}

/** What one wrote stays, before it. */
const withNote = (written: string, note: string) => (written.trim() ? `${written.trimEnd()}\n\n${note}` : note);

const withoutNote = (written: string, note: string) => written.replace(note, '').trimEnd();
