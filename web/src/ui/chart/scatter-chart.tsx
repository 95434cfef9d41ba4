'use client';

import type { EChartsCoreOption } from 'echarts/core';
import { memo } from 'react';
import { ChartDownloads } from './chart-downloads.tsx';
import { chartSvg } from './chart-svg.ts';
import { chartTheme } from './chart-theme.ts';
import { useEcharts } from './use-echarts.ts';

/** Points that look alike; the third entry is what is said of one, the fourth the sample it shows. */
export type PointGroup = {
  key: string;
  /** Says in a saved picture's legend what looks so. */
  name: string;
  colour: string;
  symbol: string;
  /** Another one is looked at. */
  faint?: boolean;
  points: readonly (readonly [x: number, y: number, says: string, sample: number])[];
};

type Props = {
  groups: readonly PointGroup[];
  /** Ends of both axes, for planes that stand side by side. */
  range: { x: readonly [number, number]; y: readonly [number, number] };
  height: number;
  /** What is shown, in words. */
  label: string;
  /** What a saved picture says above it. */
  caption: string;
  /** Name of its files, without their endings. */
  file: string;
  csv: () => string;
  pictureOf?: (sample: number) => string | null;
};

/** Points in a plane without axes, to be zoomed; to be saved as CSV, SVG and PNG. */
export const ScatterChart = memo(function ScatterChart({ groups, range, height, label, caption, file, csv, pictureOf }: Props) {
  const frame = useEcharts((element) => optionsOf({ groups, range, pictureOf }, element));
  const svg = async () => {
    const element = frame.current;
    if (!element) throw new Error('The chart is no longer on the page.');
    return chartSvg(optionsOf({ groups, range }, element), caption, { width: element.clientWidth, height, ...chartTheme(element) });
  };
  return (
    <>
      <div ref={frame} role="img" aria-label={label} style={{ height }} className="w-full" />
      <ChartDownloads file={file} csv={csv} svg={svg} />
    </>
  );
});

type Shown = Pick<Props, 'groups' | 'range'> & { pictureOf?: Props['pictureOf'] | undefined };

function optionsOf({ groups, range, pictureOf }: Shown, element: HTMLElement): EChartsCoreOption {
  const { colour, font } = chartTheme(element);
  const axis = {
    type: 'value',
    axisLabel: { show: false },
    axisTick: { show: false },
    axisLine: { show: false },
    splitLine: { lineStyle: { color: colour('--line') } },
  };
  const zoom = { type: 'inside', filterMode: 'none', zoomOnMouseWheel: 'ctrl', moveOnMouseWheel: false, preventDefaultMouseMove: false };
  return {
    animation: false,
    grid: { left: 4, right: 4, top: 8, bottom: 8 },
    xAxis: { ...axis, min: range.x[0], max: range.x[1] },
    yAxis: { ...axis, min: range.y[0], max: range.y[1] },
    dataZoom: [
      { ...zoom, xAxisIndex: 0 },
      { ...zoom, yAxisIndex: 0 },
    ],
    tooltip: {
      trigger: 'item',
      confine: true,
      extraCssText: 'max-width: min(24rem, 90vw); white-space: normal; overflow-wrap: anywhere;',
      transitionDuration: 0,
      backgroundColor: colour('--raised'),
      borderColor: colour('--line-strong'),
      textStyle: { color: colour('--ink'), fontSize: 12, fontFamily: font },
      formatter: ({ data: [, , says, sample] }: { data: readonly [number, number, string, number] }) => {
        const picture = pictureOf?.(sample);
        const shown = picture ? `<img src="${picture}" alt="" style="width:80px;image-rendering:pixelated;margin-bottom:4px">` : '';
        return shown + escaped(says);
      },
    },
    series: groups.map(({ key, name, symbol, points, faint, ...group }) => ({
      id: key,
      // A picture's legend names what is looked at.
      ...(faint ? {} : { name }),
      type: 'scatter',
      symbol,
      symbolSize: 7,
      silent: faint === true,
      z: faint ? 1 : 2,
      itemStyle: { color: colour(group.colour), opacity: faint ? 0.08 : 0.75 },
      data: points,
    })),
  };
}

/** A tooltip is HTML. */
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
