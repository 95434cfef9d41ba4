'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { copyText } from '@/lib/copy-text.ts';
import { Button } from './button.tsx';
import { TextArea } from './input.tsx';

const select = (field: HTMLTextAreaElement | null) => {
  field?.focus();
  field?.select();
};

/** Copies a text and says that it did; where the browser lets no page copy, shows it selected, to be copied by hand. */
export function CopyButton({ text, label = 'Copy' }: { text: string; label?: string }) {
  const [state, setState] = useState<'ready' | 'copied' | 'by hand'>('ready');
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  useEffect(() => {
    if (state !== 'copied') return;
    const timer = setTimeout(() => setState('ready'), 1500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    if (button.current) setState((await copyText(text, button.current)) ? 'copied' : 'by hand');
  };
  return (
    <>
      <Button ref={button} small look="plain" onClick={copy}>
        {state === 'copied' ? <Check aria-hidden className="size-3.5" /> : <Copy aria-hidden className="size-3.5" />}
        <span aria-live="polite">{state === 'copied' ? 'Copied' : label}</span>
      </Button>
      {state === 'by hand' ? (
        <label htmlFor={id} className="mt-2 block w-full text-xs text-muted">
          This browser lets no page copy here. It is selected: press Ctrl-C or ⌘C.
          <TextArea id={id} readOnly rows={4} value={text} ref={select} className="mt-1 font-mono" />
        </label>
      ) : null}
    </>
  );
}
