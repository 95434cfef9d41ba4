'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

type Props = {
  /** What it is, and that it is shown this once. */
  about: ReactNode;
  text: string;
  /** What is copied, by what the button for it says. */
  copies: Readonly<Record<string, string>>;
  /** What else is to be known before it is used. */
  children?: ReactNode;
  onDone: () => void;
};

/** A secret that is kept nowhere, to be copied before it is gone. */
export function ShownOnce({ about, text, copies, children, onDone }: Props) {
  return (
    <div role="status" className="pt-3">
      <p className="max-w-[68ch] text-muted">{about}</p>
      <pre className="mt-3 max-w-3xl select-all overflow-x-auto bg-sunken px-3 py-2.5 font-mono text-xs leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </pre>
      {children}
      <div className="mt-3 flex flex-wrap gap-2">
        {Object.entries(copies).map(([label, copied]) => (
          <CopyButton key={label} text={copied} label={label} />
        ))}
        <Button small look="quiet" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
