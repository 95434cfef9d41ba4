'use client';

import { useCallback, useMemo } from 'react';
import { seriesOf } from './chart-series.ts';
import { type Chart, chartCsv } from './csv.ts';
import { ToggledChart } from './toggled-chart.tsx';

/** One chart of an answer. */
export function AnalysisChart({ chart, file, group }: { chart: Chart; file: string; group: string }) {
  const series = useMemo(() => seriesOf(chart), [chart]);
  const csv = useCallback(() => chartCsv(chart), [chart]);
  return <ToggledChart chart={chart} series={series} file={`${file}-${chart.key}`} csv={csv} group={group} />;
}
