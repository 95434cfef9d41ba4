'use client';

import { memo } from 'react';
import { type ChartContent, type ChartTheme, chartOptions } from './chart-options.ts';
import { useEcharts } from './use-echarts.ts';

type Props = ChartContent & {
  /** What the chart shows and where its lines stand, in words. */
  label: string;
  height: number;
  /** Charts of one group share their zoom and their pointer. */
  group: string;
};

/** Lines over epochs, drawn on a canvas of fixed height. */
export const LineChart = memo(function LineChart({ label, height, group, ...content }: Props) {
  const frame = useEcharts((element) => chartOptions(content, readTheme(element)), group);
  return <div ref={frame} role="img" aria-label={label} style={{ height }} className="w-full" />;
});

function readTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element);
  return { colour: (variable) => style.getPropertyValue(variable).trim(), font: style.fontFamily };
}
