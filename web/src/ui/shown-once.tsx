'use client';

import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { CopyButton } from './copy-button.tsx';

type Props = {
  /** What it is, and that it is shown this once. */
  about: ReactNode;
  text: string;
  /** What the button that copies it says. */
  copy: string;
  onDone: () => void;
};

/** A secret that is kept nowhere, to be copied before it is gone. */
export function ShownOnce({ about, text, copy, onDone }: Props) {
  return (
    <div role="status" className="pt-3">
      <p className="max-w-[68ch] text-muted">{about}</p>
      <pre className="mt-3 max-w-3xl select-all overflow-x-auto bg-sunken px-3 py-2.5 font-mono text-xs leading-6 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </pre>
      <div className="mt-3 flex flex-wrap gap-2">
        <CopyButton text={text} label={copy} />
        <Button small look="quiet" onClick={onDone}>
          Done
        </Button>
      </div>
    </div>
  );
}
