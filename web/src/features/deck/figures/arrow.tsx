'use client';

import { useHead } from './figure.tsx';

type Point = readonly [x: number, y: number];

type Props = {
  from: Point;
  to: Point;
  /** `flow`: what is fed to what; `teach`: who learns from whom, the head at the learner. */
  kind?: 'flow' | 'teach';
  /** Heads at both ends. */
  both?: boolean;
  /** How far its middle is drawn aside, to the left of its direction; in units of the figure. */
  bend?: number;
  dashed?: boolean;
};

/** From one part of a figure to another. */
export function Arrow({ from, to, kind = 'flow', both = false, bend = 0, dashed = false }: Props) {
  const head = useHead(kind);
  return (
    <path
      d={curve(from, to, bend)}
      fill="none"
      strokeWidth={kind === 'teach' ? 1.7 : 1}
      strokeDasharray={dashed ? '4 3' : undefined}
      markerEnd={head}
      markerStart={both ? head : undefined}
      className={kind === 'teach' ? 'stroke-accent' : 'stroke-muted'}
    />
  );
}

function curve([x1, y1]: Point, [x2, y2]: Point, bend: number): string {
  if (bend === 0) return `M${x1} ${y1}L${x2} ${y2}`;
  const length = Math.hypot(x2 - x1, y2 - y1);
  const control = [(x1 + x2) / 2 + ((y2 - y1) / length) * bend * 2, (y1 + y2) / 2 - ((x2 - x1) / length) * bend * 2];
  return `M${x1} ${y1}Q${control[0]} ${control[1]} ${x2} ${y2}`;
}
