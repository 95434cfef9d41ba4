'use client';

import { memo } from 'react';
import { ChartDownloads } from './chart-downloads.tsx';
import { type ChartContent, chartOptions } from './chart-options.ts';
import { chartSvg } from './chart-svg.ts';
import { chartTheme } from './chart-theme.ts';
import { seriesCsv } from './series-csv.ts';
import { useEcharts } from './use-echarts.ts';

type Props = ChartContent & {
  /** What the chart shows and where its lines stand, in words. */
  label: string;
  /** What its vertical axis is of: what stands above it on the page. */
  caption: string;
  /** Name of its files, without their endings. */
  file: string;
  /** Its table, where it holds more than the lines that are shown. */
  csv?: () => string;
  height: number;
  /** Charts of one group share their zoom and their pointer. */
  group: string;
};

/** Lines over epochs, drawn on a canvas of fixed height; to be saved as CSV, SVG and PNG. */
export const LineChart = memo(function LineChart({ label, caption, file, csv, height, group, ...content }: Props) {
  const frame = useEcharts((element) => chartOptions(content, chartTheme(element)), group);
  const svg = async () => {
    const element = frame.current;
    if (!element) throw new Error('The chart is no longer on the page.');
    const theme = chartTheme(element);
    return chartSvg(chartOptions(content, theme), caption, { width: element.clientWidth, height, ...theme });
  };
  return (
    <>
      <div ref={frame} role="img" aria-label={label} style={{ height }} className="w-full" />
      <ChartDownloads
        file={file}
        csv={csv ?? (() => seriesCsv(content.xAxis?.name ?? 'epoch', content.series))}
        svg={svg}
        empty={content.series.every(({ points }) => points.length === 0)}
      />
    </>
  );
});
