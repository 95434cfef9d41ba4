'use client';

import { useMemo, useState } from 'react';
import { percent, significant } from '@/lib/format/number.ts';
import { LineChart } from '@/ui/chart/line-chart.tsx';
import { LineSwatch } from '@/ui/chart/line-swatch.tsx';
import type { Series } from '@/ui/chart/series.ts';
import { shortNames } from '@/ui/chart/short-names.ts';
import { cx } from '@/ui/cx.ts';

type Props = {
  /** What it shows, and its axes with their units. */
  chart: {
    title: string;
    xLabel: string;
    xLogarithmic: boolean;
    x: readonly number[];
    xNames: readonly string[] | null;
    yLabel: string;
    percent: boolean;
  };
  /** Its title in a picture that is saved, if there is more to say than on the page. */
  whole?: string;
  series: readonly Series[];
  /** What its lines are, beside the caption of a picture that is saved. */
  caption?: string;
  file: string;
  csv: () => string;
  group: string;
};

const brief = (value: number) => String(Number(value.toPrecision(3)));

/** Where an axis begins: names of places stand a little within the frame, and what begins close to 0 begins there. */
const firstOf = ({ x, xNames, xLogarithmic }: Props['chart']): number => {
  const least = Math.min(...x);
  if (xNames) return least - 0.5;
  return !xLogarithmic && least > 0 && least < Math.max(...x) / 10 ? 0 : least;
};

/** A chart with its axes named; a line's name hides and shows it. What all names have in common is said in pictures alone. */
export function ToggledChart({ chart, whole = chart.title, series, caption = '', file, csv, group }: Props) {
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const { common, short } = useMemo(() => shortNames(series.map(({ name }) => name)), [series]);
  const all = useMemo(() => series.map((line, place) => ({ ...line, name: short[place] ?? line.name })), [series, short]);
  const shown = useMemo(() => all.filter(({ key }) => !hidden.has(key)), [all, hidden]);
  const { xNames } = chart;
  const xAxis = useMemo(
    () => ({
      min: firstOf(chart),
      name: chart.xLabel,
      logarithmic: chart.xLogarithmic,
      format: xNames ? (value: number) => xNames[chart.x.indexOf(value)] ?? '' : brief,
    }),
    [chart, xNames],
  );
  const toggle = (key: string) => {
    const next = new Set(hidden);
    if (!next.delete(key)) next.add(key);
    setHidden(next);
  };
  const format = useMemo(
    () => (chart.percent ? (value: number) => `${percent(value)} %` : (value: number) => significant(value, 4)),
    [chart.percent],
  );
  const described = shown.map(
    ({ name, points }) => `${name}: ${format(points.at(-1)?.[1] ?? Number.NaN)} at ${xAxis.format(points.at(-1)?.[0] ?? Number.NaN)}`,
  );
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-center justify-between gap-x-3 text-xs">
        <span className="font-medium [overflow-wrap:anywhere]">{chart.title}</span>
        <span className="text-muted">{chart.yLabel}</span>
      </figcaption>
      <LineChart
        group={group}
        height={240}
        caption={[`${whole}: ${chart.yLabel}`, caption, common].filter(Boolean).join('\n')}
        file={file}
        csv={csv}
        label={`${chart.title}: ${chart.yLabel} against ${chart.xLabel}. ${described.join('; ')}`}
        series={shown}
        xMax={Math.max(...chart.x) + (xNames ? 0.5 : 0)}
        xAxis={xAxis}
        format={format}
        unit={chart.percent ? 'percent' : 'number'}
      />
      <ul className="flex flex-wrap gap-x-1 text-xs">
        {all.map(({ key, name, colour, dash }, place) => (
          <li key={key}>
            <button
              type="button"
              title={series[place]?.name}
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
