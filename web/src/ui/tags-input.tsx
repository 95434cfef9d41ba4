'use client';

import { checkTags, readTags, splitTyped } from '@studyhall/contract/tags/tags.ts';
import { X } from 'lucide-react';
import { type ComponentProps, useRef, useState } from 'react';
import { cx } from './cx.ts';
import { Input } from './input.tsx';

type Props = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  /** The tags, parted by commas; the last one may still be in the writing. */
  value: string;
  onChange: (value: string) => void;
};

/** Tags as they are understood: Enter or a comma ends one, Backspace in the empty field takes the last one away, a pasted list is several. */
export function TagsInput({ value, onChange, className, disabled, ...rest }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [written, setWritten] = useState('');
  const { complete, typed } = shownTags(value, written);
  const wrong = checkTags(readTags([value])) !== null;
  const set = (tags: readonly string[], text: string) => {
    setWritten(text);
    onChange([...tags, ...(text.trim() ? [text] : [])].join(', '));
  };
  const type = (text: string) => {
    const split = splitTyped(text);
    set(readTags([...complete, ...split.complete]), split.typed);
  };
  return (
    <div className={cx('flex flex-wrap items-center gap-1', className)}>
      {complete.length > 0 ? (
        <ul aria-label="Tags so far" className="contents">
          {complete.map((tag, index) => (
            <li
              key={tag}
              className={cx(
                'inline-flex max-w-full items-center rounded-[2px] bg-accent-soft pl-1.5 text-xs [overflow-wrap:anywhere]',
                wrong && checkTags([tag]) && 'text-danger',
              )}
            >
              {tag}
              <button
                type="button"
                aria-label={`Remove the tag ${tag}`}
                disabled={disabled}
                onClick={() => {
                  set(complete.toSpliced(index, 1), typed);
                  field.current?.focus();
                }}
                className="inline-flex size-6 items-center justify-center text-muted hover:text-ink pointer-coarse:size-11"
              >
                <X aria-hidden className="size-3" />
              </button>
            </li>
          ))}
        </ul>
      ) : null}
      <Input
        placeholder={complete.length > 0 ? '' : 'Enter or a comma ends one'}
        autoComplete="off"
        {...rest}
        ref={field}
        disabled={disabled}
        value={typed}
        onChange={(event) => type(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text');
          // A field of one line would drop the ends of lines.
          if (splitTyped(pasted).complete.length === 0) return;
          event.preventDefault();
          set(readTags([...complete, typed + pasted]), '');
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Enter' && typed.trim()) {
            event.preventDefault();
            type(`${typed},`);
          } else if (event.key === 'Backspace' && typed === '' && complete.length > 0) {
            event.preventDefault();
            set(complete.slice(0, -1), '');
          }
        }}
        onBlur={(event) => {
          if (typed.trim()) type(`${typed},`);
          rest.onBlur?.(event);
        }}
        className="min-w-32 flex-1"
      />
    </div>
  );
}

/** What is in the writing is the last of the tags, as long as it is what was written here: else somebody else has set them. */
export function shownTags(value: string, written: string): { complete: string[]; typed: string } {
  const texts = value.split(',');
  const last = texts.at(-1)?.trim() ?? '';
  if (written.trim() === '') return { complete: readTags([value]), typed: written };
  return written.trim() === last ? { complete: readTags(texts.slice(0, -1)), typed: written } : { complete: readTags([value]), typed: '' };
}
