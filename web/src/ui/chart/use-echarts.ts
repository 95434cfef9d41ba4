import type { ECharts, EChartsCoreOption } from 'echarts/core';
import { type RefObject, useEffect, useRef } from 'react';

/**
 * A chart in an element that it fills, drawn again with each rendering, with another theme and in another size. ECharts is fetched when the
 * first chart comes into the page.
 *
 * @param optionsOf what is drawn there now.
 * @param group charts of one group share their zoom and their pointer.
 */
export function useEcharts(optionsOf: (element: HTMLElement) => EChartsCoreOption, group?: string): RefObject<HTMLDivElement | null> {
  const frame = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(null);
  const latest = useRef(optionsOf);
  latest.current = optionsOf;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    let gone = false;
    const draw = () => chart.current?.setOption(latest.current(element), { replaceMerge: ['series'] });
    const sizes = new ResizeObserver(() => chart.current?.resize());
    // The theme is a class of the root; a canvas does not follow it by itself.
    const themes = new MutationObserver(draw);
    void import('./echarts.ts').then(({ connect, init }) => {
      if (gone) return;
      chart.current = init(element);
      if (group !== undefined) {
        chart.current.group = group;
        connect(group);
      }
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
    if (frame.current) chart.current?.setOption(latest.current(frame.current), { replaceMerge: ['series'], lazyUpdate: true });
  });

  return frame;
}
