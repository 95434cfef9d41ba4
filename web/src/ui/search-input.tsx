'use client';

import { Search } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cx } from './cx.ts';
import { Input } from './input.tsx';

type Props = { label: string; value: string; onChange: (value: string) => void; className?: string };

/** Asks once the typing has paused. */
export function SearchInput({ label, value, onChange, className }: Props) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== sent) {
    setSent(value);
    setText(value);
  }
  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(() => {
      setSent(text);
      onChange(text);
    }, 200);
    return () => clearTimeout(timer);
  }, [text, sent, onChange]);
  return (
    <span className={cx('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint" />
      <Input
        type="search"
        aria-label={label}
        placeholder="Search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        className="pl-7"
      />
    </span>
  );
}
