'use client';

import { fileName } from '@/ui/chart/file-name.ts';
import { Legend } from '@/ui/chart/legend.tsx';
import { LineChart } from '@/ui/chart/line-chart.tsx';
import { metrics } from './metric.ts';
import type { PlotSettings } from './plot-settings.ts';
import { sweepSeries } from './sweep-series.ts';
import type { Group } from './use-system.ts';

/** A metric over a setting. */
export function SweepPlot({ plot, groups }: { plot: PlotSettings; groups: readonly Group[] }) {
  const metric = metrics[plot.metric];
  const { series, low, high } = sweepSeries(groups, plot);
  const setting = plot.xLabel ?? 'setting';
  if (series.length === 0) return null;
  const title = `${metric.name} over ${setting.charAt(0).toLowerCase() + setting.slice(1)}, mean ± sd`;
  return (
    <section aria-label="Plot" className="mt-8">
      <h3 className="font-semibold">{title}</h3>
      <Legend series={series} />
      <LineChart
        group={`sweep-${plot.metric}-${setting}`}
        height={320}
        label={`${metric.name} of ${series.length} lines over ${setting}.`}
        caption={title}
        file={fileName(title)}
        series={series}
        xMax={high}
        xAxis={{ min: low, name: setting, logarithmic: plot.xLogarithmic, format: (value) => String(Number(value.toPrecision(3))) }}
        format={metric.format}
        unit={metric.axis}
      />
    </section>
  );
}
