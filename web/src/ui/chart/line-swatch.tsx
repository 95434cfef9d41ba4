import type { Series } from './series.ts';

/** A line as it is drawn, beside its name. */
export function LineSwatch({ colour, dash }: Pick<Series, 'colour' | 'dash'>) {
  return (
    <svg aria-hidden="true" viewBox="0 0 16 4" className="h-1 w-4 shrink-0">
      <line
        x1="0"
        x2="16"
        y1="2"
        y2="2"
        strokeWidth="2"
        strokeDasharray={dash === 'dashed' ? '4 2' : dash === 'dotted' ? '2 2' : undefined}
        style={{ stroke: `var(${colour})` }}
      />
    </svg>
  );
}
