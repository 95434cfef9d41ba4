import type { DeckVerdict } from '@/generated/graphql.ts';
import { cx } from '@/ui/cx.ts';

const names: Record<DeckVerdict, string> = {
  AGREES: 'Agrees with the slide',
  DISAGREES: 'Disagrees with the slide',
  UNDECIDED: 'Undecided',
  PENDING: 'Not yet run',
  NO_CLAIM: 'The slide makes no claim',
};

const colours: Record<DeckVerdict, string> = {
  AGREES: 'text-accent',
  DISAGREES: 'text-danger',
  UNDECIDED: 'text-muted',
  PENDING: 'text-faint',
  NO_CLAIM: 'text-muted',
};

/** A verdict as the house's mark and in words, with the split it was found on. */
export function VerdictMark({ verdict, split, className }: { verdict: DeckVerdict; split: string; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-2 whitespace-nowrap', className)}>
      <VerdictGlyph verdict={verdict} />
      <span className={verdict === 'AGREES' || verdict === 'DISAGREES' ? 'font-medium' : 'text-muted'}>
        {names[verdict]}
        {verdict === 'PENDING' ? null : <span className="font-normal text-muted"> · {split}</span>}
      </span>
    </span>
  );
}

/** An interval against the line of no difference: on the slide's side, on the other, or across. */
export function VerdictGlyph({ verdict }: { verdict: DeckVerdict }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 12" className={cx('h-3 w-6 shrink-0', colours[verdict])}>
      <line x1="12" x2="12" y1="0.5" y2="11.5" className="stroke-line-strong" />
      {glyphs[verdict]}
    </svg>
  );
}

function interval(from: number, to: number, hollow = false) {
  return (
    <>
      <path d={`M${from} 3v6M${to} 3v6M${from} 6h${to - from}`} fill="none" stroke="currentColor" strokeWidth="1.4" />
      <circle
        cx={(from + to) / 2}
        cy="6"
        r="2.6"
        stroke="currentColor"
        strokeWidth="1.3"
        className={hollow ? 'fill-paper' : 'fill-current'}
      />
    </>
  );
}

const glyphs: Record<DeckVerdict, React.ReactNode> = {
  AGREES: interval(14.5, 23),
  DISAGREES: interval(1, 9.5),
  UNDECIDED: interval(6, 19, true),
  PENDING: <line x1="2" x2="22" y1="6" y2="6" stroke="currentColor" strokeWidth="1.2" strokeDasharray="2.5 2.5" />,
  NO_CLAIM: <circle cx="12" cy="6" r="2.4" fill="currentColor" />,
};
