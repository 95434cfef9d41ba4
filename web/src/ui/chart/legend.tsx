import { cx } from '../cx.ts';
import { LineSwatch } from './line-swatch.tsx';
import type { Series } from './series.ts';

/** The names of a chart's lines; `empty` stands in for them while there are none. */
export function Legend({ series, empty, className }: { series: readonly Series[]; empty?: string | false | null; className?: string }) {
  return (
    <ul className={cx('flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 py-2 text-xs', className)}>
      {empty && series.length === 0 ? <li className="text-muted">{empty}</li> : null}
      {series.map((each) => (
        <li key={each.key} className="inline-flex items-center gap-1.5">
          <LineSwatch {...each} />
          {each.name}
        </li>
      ))}
    </ul>
  );
}
