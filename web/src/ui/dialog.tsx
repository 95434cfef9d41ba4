'use client';

import { X } from 'lucide-react';
import { Dialog as Radix } from 'radix-ui';
import { type ReactNode, useRef } from 'react';
import { focusable } from '@/lib/focus/focusable.ts';
import { placeInstead, type Standing, standingOf } from '@/lib/focus/standing.ts';
import { IconButton } from './button.tsx';

type Props = { open: boolean; onOpenChange: (open: boolean) => void; title: string; description?: string; children: ReactNode };

/**
 * A window over the page. It opens on its first field, or on its first button where it has none: that is the one which changes nothing.
 * Escape closes it, and the focus goes back to where it was, or to what has come there.
 */
export function Dialog({ open, onOpenChange, title, description, children }: Props) {
  const body = useRef<HTMLDivElement>(null);
  const opener = useRef<Standing>(null);
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-[rgb(0_0_0/0.35)]" />
        <Radix.Content
          {...(description ? {} : { 'aria-describedby': undefined })}
          onOpenAutoFocus={(event) => {
            const { activeElement } = document;
            opener.current = activeElement instanceof HTMLElement ? standingOf(activeElement) : null;
            const stops = body.current ? focusable(body.current) : [];
            const first = stops.find((stop) => stop.matches('input, textarea, select')) ?? stops[0];
            if (!first) return;
            event.preventDefault();
            first.focus();
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            (opener.current ? placeInstead(opener.current) : document.querySelector('main'))?.focus({ preventScroll: true });
          }}
          className="fixed top-[12vh] left-1/2 z-50 max-h-[80vh] w-[min(36rem,calc(100vw-2rem))] -translate-x-1/2 overflow-y-auto rounded-[4px] border border-line-strong bg-raised p-5 shadow-xl"
        >
          <div className="flex items-start justify-between gap-4">
            <Radix.Title className="text-base font-semibold">{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label="Close" className="-mt-1.5 -mr-2">
                <X aria-hidden className="size-4" />
              </IconButton>
            </Radix.Close>
          </div>
          {description ? <Radix.Description className="mt-1 text-muted">{description}</Radix.Description> : null}
          <div ref={body} className="mt-4">
            {children}
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
