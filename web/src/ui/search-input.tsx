'use client';

import { Search } from 'lucide-react';
import { type FocusEvent, useEffect, useEffectEvent, useState } from 'react';
import { cx } from './cx.ts';
import { Input } from './input.tsx';

type Props = { label: string; value: string; onChange: (value: string) => void; className?: string };

/**
 * Asks once the typing has paused, at once on Enter or where one goes on to something else. Who presses a link goes to another page: what
 * was not asked yet is given up, for it would lead back here.
 */
export function SearchInput({ label, value, onChange, className }: Props) {
  const [text, setText] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== sent) {
    setSent(value);
    setText(value);
  }
  const send = () => {
    if (text === sent) return;
    setSent(text);
    onChange(text);
  };
  const leave = ({ relatedTarget }: FocusEvent) => (relatedTarget instanceof HTMLAnchorElement ? setText(sent) : send());
  const sendLater = useEffectEvent(send);
  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(sendLater, 200);
    return () => clearTimeout(timer);
  }, [text, sent]);
  return (
    <span className={cx('relative', className)}>
      <Search aria-hidden className="pointer-events-none absolute top-1/2 left-2 size-3.5 -translate-y-1/2 text-faint" />
      <Input
        type="search"
        aria-label={label}
        placeholder="Search"
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={leave}
        onKeyDown={(event) => event.key === 'Enter' && send()}
        className="pl-7"
      />
    </span>
  );
}
