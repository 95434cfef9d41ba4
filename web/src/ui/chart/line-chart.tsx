'use client';

import type { ECharts } from 'echarts/core';
import { memo, useEffect, useRef } from 'react';
import { type ChartContent, type ChartTheme, chartOptions } from './chart-options.ts';

type Props = ChartContent & {
  /** What the chart shows and where its lines stand, in words. */
  label: string;
  height: number;
  /** Charts of one group share their zoom and their pointer. */
  group: string;
};

/** Lines over epochs, drawn on a canvas of fixed height. ECharts is fetched when the first chart comes into the page. */
export const LineChart = memo(function LineChart({ label, height, group, ...content }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const latest = useRef(content);
  latest.current = content;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let gone = false;
    const draw = () => chart.current?.setOption(chartOptions(latest.current, readTheme(element)), { replaceMerge: ['series'] });
    const sizes = new ResizeObserver(() => chart.current?.resize());
    // The theme is a class of the root; a canvas does not follow it by itself.
    const themes = new MutationObserver(draw);
    void import('./echarts.ts').then(({ connect, init }) => {
      if (gone) return;
      chart.current = init(element);
      chart.current.group = group;
      connect(group);
      draw();
      sizes.observe(element);
      themes.observe(document.documentElement, { attributeFilter: ['class'] });
    });
    return () => {
      gone = true;
      sizes.disconnect();
      themes.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [group]);

  // Every rendering brings new points or other lines.
  useEffect(() => {
    if (!frame.current) return;
    chart.current?.setOption(chartOptions(latest.current, readTheme(frame.current)), { replaceMerge: ['series'], lazyUpdate: true });
  });

  return <div ref={frame} role="img" aria-label={label} style={{ height }} className="w-full" />;
});

function readTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element);
  return { colour: (variable) => style.getPropertyValue(variable).trim(), font: style.fontFamily };
}
