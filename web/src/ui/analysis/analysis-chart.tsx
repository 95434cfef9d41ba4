'use client';

import { useMemo, useState } from 'react';
import { percent, significant } from '@/lib/format/number.ts';
import { LineChart } from '@/ui/chart/line-chart.tsx';
import { LineSwatch } from '@/ui/chart/line-swatch.tsx';
import { shortNames } from '@/ui/chart/short-names.ts';
import { cx } from '@/ui/cx.ts';
import { seriesOf } from './chart-series.ts';
import { type Chart, chartCsv } from './csv.ts';

const brief = (value: number) => String(Number(value.toPrecision(3)));

/** One chart of an answer, with its axes named; a line's name hides and shows it. */
export function AnalysisChart({ chart, file, group }: { chart: Chart; file: string; group: string }) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const full = useMemo(() => seriesOf(chart), [chart]);
  const { common, short } = useMemo(() => shortNames(full.map(({ name }) => name)), [full]);
  const all = useMemo(() => full.map((line, place) => ({ ...line, name: short[place] ?? line.name })), [full, short]);
  const shown = all.filter(({ key }) => !hidden.has(key));
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const format = chart.percent ? (value: number) => `${percent(value)} %` : (value: number) => significant(value, 4);
  const described = shown.map(({ name, points }) => `${name}: ${format(points.at(-1)?.[1] ?? Number.NaN)} at ${points.at(-1)?.[0]}`);
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-3 text-xs">
        <span className="font-medium">{chart.title}</span>
        <span className="text-muted">{chart.yLabel}</span>
      </figcaption>
      <LineChart
        group={group}
        height={240}
        caption={[`${chart.title}: ${chart.yLabel}`, common].filter(Boolean).join('\n')}
        file={`${file}-${chart.key}`}
        csv={() => chartCsv(chart)}
        label={`${chart.title}: ${chart.yLabel} against ${chart.xLabel}. ${described.join('; ')}`}
        series={shown}
        xMax={Math.max(...chart.x)}
        xAxis={{ min: Math.min(...chart.x), name: chart.xLabel, logarithmic: chart.xLogarithmic, format: brief }}
        format={format}
        unit={chart.percent ? 'percent' : 'number'}
      />
      <ul className="flex flex-wrap gap-x-1 text-xs">
        {all.map(({ key, name, colour, dash }, place) => (
          <li key={key}>
            <button
              type="button"
              title={full[place]?.name}
              aria-pressed={!hidden.has(key)}
              onClick={() => toggle(key)}
              className={cx(
                'inline-flex min-h-7 items-center gap-1.5 rounded-[2px] px-1.5 text-left hover:bg-sunken',
                hidden.has(key) && 'text-faint line-through',
              )}
            >
              <LineSwatch colour={colour} dash={dash} />
              {name}
            </button>
          </li>
        ))}
      </ul>
    </figure>
  );
}
