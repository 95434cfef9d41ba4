import type { EChartsCoreOption } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';
import { ChartInSight } from './chart-in-sight.ts';

/**
 * A chart in an element that it fills, drawn again with each rendering, with another theme and in another size; what is far from the window
 * waits until it comes near. ECharts is fetched when the first chart comes into the page.
 *
 * @param optionsOf what is drawn there now.
 * @param group charts of one group share their zoom and their pointer.
 */
export function useEcharts(optionsOf: (element: HTMLElement) => EChartsCoreOption, group?: string): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  const latest = useRef(optionsOf);
  latest.current = optionsOf;
  const redraw = useRef(() => {});

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const chart = new ChartInSight(element, () => latest.current(element), group);
    redraw.current = chart.changed;
    return () => {
      redraw.current = () => {};
      chart.dispose();
    };
  }, [group]);

  // Every rendering brings new points or other lines.
  useEffect(() => redraw.current());

  return frame;
}
