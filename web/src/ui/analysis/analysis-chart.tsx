'use client';

import { useCallback, useMemo } from 'react';
import { seriesOf } from './chart-series.ts';
import { type Chart, chartCsv } from './csv.ts';
import { ToggledChart } from './toggled-chart.tsx';

type Props = {
  chart: Chart;
  /** Its title with the whole names of its networks, for pictures that are saved. */
  whole: string;
  /** Of a network by its place. */
  colourOf: (network: number) => string;
  file: string;
  group: string;
};

/** One chart of an answer. */
export function AnalysisChart({ chart, whole, colourOf, file, group }: Props) {
  const series = useMemo(() => seriesOf(chart, colourOf), [chart, colourOf]);
  const csv = useCallback(() => chartCsv(chart), [chart]);
  return <ToggledChart chart={chart} whole={whole} series={series} file={`${file}-${chart.key}`} csv={csv} group={group} />;
}
