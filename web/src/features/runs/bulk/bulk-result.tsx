'use client';

import { X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useEffect, useRef } from 'react';
import { wholeNumber } from '@/lib/format/number.ts';
import { paths } from '@/lib/paths.ts';
import { IconButton } from '@/ui/button.tsx';
import { resultWords } from './bulk-words.ts';
import type { BulkResult as Result } from './use-bulk.ts';

/** Refusals that are shown at once. */
const mostShown = 50;

type Props = { result: Result; onDismiss: () => void /** What may come next. */; children?: ReactNode };

/** How many were done, and of each of the others why not. */
export function BulkResult({ result, onDismiss, children }: Props) {
  const { action, outcomes } = result;
  const told = useRef<HTMLDivElement>(null);
  // The bar that was pressed is gone: one goes on from what it did.
  useEffect(() => told.current?.focus({ preventScroll: true }), []);
  const refused = outcomes.filter(({ refusal }) => refusal !== null);
  return (
    <div
      ref={told}
      tabIndex={-1}
      role="status"
      className="mb-3 flex items-start justify-between gap-3 border-l-2 border-accent py-1 pl-4 text-[0.8125rem]"
    >
      <div className="min-w-0">
        <p className="font-medium">{resultWords(action, outcomes.length - refused.length, outcomes.length)}</p>
        {refused.length > 0 ? (
          <details open={refused.length <= 5} className="mt-1 text-muted">
            <summary className="cursor-pointer hover:text-ink">{wholeNumber(refused.length)} could not be, and are as they were</summary>
            <ul className="mt-1 max-h-60 space-y-1 overflow-y-auto">
              {refused.slice(0, mostShown).map(({ id, refusal }) => (
                <li key={id} className="text-xs [overflow-wrap:anywhere]">
                  {refusal}{' '}
                  <Link href={paths.run(id)} className="link">
                    See it
                  </Link>
                </li>
              ))}
            </ul>
            {refused.length > mostShown ? <p className="text-xs">and {wholeNumber(refused.length - mostShown)} more</p> : null}
          </details>
        ) : null}
        {children}
      </div>
      <IconButton label="Dismiss" className="size-6" onClick={onDismiss}>
        <X aria-hidden className="size-3.5" />
      </IconButton>
    </div>
  );
}
