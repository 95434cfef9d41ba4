'use client';

import { createContext, type ReactNode, use, useId } from 'react';

const Ids = createContext('');

/** Width and height that every figure is drawn on; it scales with its place. */
export const width = 360;
export const height = 200;

type Props = { title: string; description: string; children: ReactNode };

/** The frame of a set-up's drawing: hairlines and text in the theme's colours, its meaning in words for those who cannot see it. */
export function Figure({ title, description, children }: Props) {
  const id = useId();
  return (
    <svg
      role="img"
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-description`}
      viewBox={`0 0 ${width} ${height}`}
      className="block h-auto w-full max-w-[30rem] text-[12px] text-ink select-none"
    >
      <title id={`${id}-title`}>{title}</title>
      <desc id={`${id}-description`}>{description}</desc>
      <defs>
        <Head id={`${id}-flow`} className="fill-muted" />
        <Head id={`${id}-teach`} className="fill-accent" />
      </defs>
      <Ids value={id}>{children}</Ids>
    </svg>
  );
}

/** The reference to one of the frame's arrow heads. */
export function useHead(kind: 'flow' | 'teach'): string {
  return `url(#${use(Ids)}-${kind})`;
}

function Head({ id, className }: { id: string; className: string }) {
  return (
    <marker
      id={id}
      viewBox="0 0 8 8"
      refX="7"
      refY="4"
      markerWidth="7"
      markerHeight="7"
      markerUnits="userSpaceOnUse"
      orient="auto-start-reverse"
    >
      <path d="M0 0.6L8 4L0 7.4z" className={className} />
    </marker>
  );
}
