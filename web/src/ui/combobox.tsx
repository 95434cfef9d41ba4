'use client';

import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useId, useState } from 'react';
import { cx } from './cx.ts';
import { Input } from './input.tsx';

export type ComboOption = { value: string; label: string; detail?: ReactNode };

type Props = {
  /** The field's name; absent where a label points at `id`. */
  label?: string;
  id?: string;
  ref?: Ref<HTMLInputElement> | undefined;
  /** What stands in the field while nobody types. */
  shown: string;
  placeholder?: string;
  options: readonly ComboOption[];
  /** Whether the options are still those of an earlier text: Enter then waits for what belongs to the one that is typed. */
  searching?: boolean;
  /** What was typed, for whoever finds the options; the empty text when the list opens. */
  onSearch: (text: string) => void;
  onChoose: (value: string) => void;
  onBlur?: () => void;
  /** Says what there is instead of options: that they are looked for, or that there are none. */
  status?: string | null;
  disabled?: boolean;
  invalid?: boolean;
  describedBy?: string;
  className?: string;
};

/** A field that finds one of many by what one types: arrows move, Enter takes, Escape leaves all as it was. */
export function Combobox({
  label,
  id,
  ref,
  shown,
  placeholder,
  options,
  searching = false,
  onSearch,
  onChoose,
  onBlur,
  status,
  disabled,
  invalid,
  describedBy,
  className,
}: Props) {
  const list = useId();
  const [text, setText] = useState<string | null>(null);
  const [at, setAt] = useState(0);
  const open = text !== null;
  const current = searching ? -1 : Math.min(at, options.length - 1);
  /** Enter was pressed before its text was answered: who leaves the field at once still gets what it stands for. */
  const [entered, setEntered] = useState(false);
  const begin = () => {
    if (open || disabled) return;
    setEntered(false);
    setText('');
    setAt(0);
    onSearch('');
  };
  const close = () => setText(null);
  const choose = (option: ComboOption | undefined) => {
    if (!option) return;
    close();
    onChoose(option.value);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when what was searched for has come
  useEffect(() => {
    if (!entered || searching) return;
    setEntered(false);
    choose(options[0]);
  }, [entered, searching]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setEntered(false);
      if (!open) begin();
      else if (!searching) setAt(Math.max(0, Math.min(options.length - 1, current + (event.key === 'ArrowDown' ? 1 : -1))));
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      if (searching) setEntered(true);
      else choose(options[current]);
    }
  };
  useEffect(() => {
    if (!open) return;
    const onEscape = (event: globalThis.KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      // The first one is the list's: a dialog around it, which listens at the document, closes with the next.
      event.preventDefault();
      event.stopPropagation();
      setText(null);
      setEntered(false);
    };
    window.addEventListener('keydown', onEscape, true);
    return () => window.removeEventListener('keydown', onEscape, true);
  }, [open]);
  return (
    <span className={cx('relative inline-block min-w-0', className)}>
      <Input
        ref={ref}
        id={id}
        role="combobox"
        aria-label={label}
        aria-expanded={open}
        aria-controls={open ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={open && options[current] ? `${list}-${current}` : undefined}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        autoComplete="off"
        disabled={disabled}
        value={text ?? shown}
        placeholder={open ? 'Type to search' : placeholder}
        onClick={begin}
        onChange={(event) => {
          const next = event.target.value;
          setText(next);
          setAt(0);
          setEntered(false);
          onSearch(next);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          close();
          onBlur?.();
        }}
      />
      {open ? (
        <div className="absolute top-full right-0 left-0 z-30 mt-1 max-h-80 min-w-56 overflow-y-auto rounded-[3px] border border-line-strong bg-raised shadow-lg">
          <div id={list} role="listbox" aria-label={label ?? 'Choices'} aria-busy={searching} className={cx(searching && 'opacity-60')}>
            {options.map((option, place) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field keeps the focus and takes the keys
              <div
                key={option.value}
                id={`${list}-${place}`}
                role="option"
                tabIndex={-1}
                aria-selected={place === current}
                ref={place === current ? (element) => element?.scrollIntoView({ block: 'nearest' }) : undefined}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
                onMouseMove={() => searching || setAt(place)}
                className={cx(
                  'cursor-pointer px-2 py-1.5 text-[0.8125rem] [overflow-wrap:anywhere] coarse:py-3',
                  place === current && 'bg-accent-soft',
                )}
              >
                {option.label}
                {option.detail ? <span className="block text-xs text-muted">{option.detail}</span> : null}
              </div>
            ))}
          </div>
          {status ? (
            <p role="status" className="px-2 py-1.5 text-xs text-muted">
              {status}
            </p>
          ) : null}
        </div>
      ) : null}
    </span>
  );
}
