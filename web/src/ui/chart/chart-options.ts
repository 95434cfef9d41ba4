import type { EChartsCoreOption } from 'echarts/core';
import { type AxisUnit, axisWriter } from '@/lib/format/axis.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import type { Series } from './series.ts';
import { yScale } from './y-scale.ts';

export type ChartTheme = { colour: (variable: string) => string; font: string };

export type ChartContent = {
  series: readonly Series[];
  /** Epochs planned, so that a curve grows into its axis rather than stretching it. */
  xMax: number;
  /** The horizontal axis where it is not epochs from 0. */
  xAxis?: { min: number; name: string; logarithmic?: boolean; format: (value: number) => string };
  /** A value as the tooltip writes it. */
  format: (value: number) => string;
  /** What the vertical axis is of. */
  unit: AxisUnit;
  /** A value that the vertical axis holds whatever the data do. */
  yInclude?: number;
};

/** What ECharts is told: everything but the theme comes with each change, and nothing is animated that grows. */
export function chartOptions({ series, xMax, xAxis, format, unit, yInclude }: ChartContent, theme: ChartTheme): EChartsCoreOption {
  // Without points ECharts draws no axis at all: an empty one keeps the chart's shape until they come.
  const { low, high, ticks } = yScale(series, unit, yInclude) ?? { low: 0, high: 1, ticks: [0, 0.5, 1] };
  const [first = low, second = high] = ticks;
  const faint = theme.colour('--faint');
  const line = theme.colour('--line');
  const label = { color: faint, fontSize: 11, fontFamily: theme.font };
  return {
    animation: false,
    textStyle: { fontFamily: theme.font },
    grid: { left: 44, right: 12, top: 10, bottom: xAxis ? 40 : 24 },
    xAxis: {
      ...(xAxis ? namedAxis(xAxis, xMax, label) : { type: 'value', min: 0, max: Math.max(1, xMax), minInterval: 1 }),
      axisLabel: { ...label, hideOverlap: true, ...(xAxis ? { formatter: xAxis.format } : {}) },
      axisLine: { lineStyle: { color: theme.colour('--line-strong') }, onZero: false },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: 'value',
      min: low,
      max: high,
      interval: second - first,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: { ...label, formatter: axisWriter(ticks, unit) },
      splitLine: { lineStyle: { color: line, width: 1 } },
    },
    tooltip: {
      trigger: 'axis',
      confine: true,
      transitionDuration: 0,
      backgroundColor: theme.colour('--raised'),
      borderColor: theme.colour('--line-strong'),
      borderWidth: 1,
      padding: [6, 9],
      extraCssText:
        'box-shadow: 0 4px 16px rgb(0 0 0 / 0.12); border-radius: 3px; font-variant-numeric: tabular-nums; max-width: min(40rem, 90vw); white-space: normal; overflow-wrap: anywhere;',
      textStyle: { color: theme.colour('--ink'), fontSize: 12, fontFamily: theme.font },
      axisPointer: { type: 'line', lineStyle: { color: theme.colour('--line-strong'), type: 'solid' }, label: { show: false } },
      formatter: tooltipOf(xAxis?.name ?? 'epoch', xAxis?.format ?? wholeNumber, format),
    },
    dataZoom: [
      {
        type: 'inside',
        filterMode: 'none',
        zoomOnMouseWheel: 'ctrl',
        moveOnMouseWheel: false,
        moveOnMouseMove: true,
        preventDefaultMouseMove: false,
      },
    ],
    series: series.flatMap((each) => [...bandSeries(each, theme), lineSeries(each, theme)]),
  };
}

type Point = { seriesId?: string; seriesName?: string; marker?: string; value?: unknown };

/** What stands beside the pointer: `epoch 2`, then every line's value there and the ends of its band. Bands have no line of their own. */
function tooltipOf(name: string, formatX: (value: number) => string, format: (value: number) => string) {
  return (points: readonly Point[]): string => {
    const shown = points.filter(({ seriesId = '', value }) => Array.isArray(value) && !/-band-(low|high)$/.test(seriesId));
    const [first] = shown;
    if (!first || !Array.isArray(first.value)) return '';
    const yOf = (id: string) => {
      const value = points.find(({ seriesId }) => seriesId === id)?.value;
      return Array.isArray(value) && typeof value[1] === 'number' ? value[1] : undefined;
    };
    const lines = shown.map(({ seriesId = '', marker = '', seriesName = '', value }) => {
      const y = Array.isArray(value) ? value[1] : undefined;
      const [low, width] = [yOf(`${seriesId}-band-low`), yOf(`${seriesId}-band-high`)];
      const range =
        low === undefined || width === undefined ? '' : ` <span style="opacity:.7">${format(low)} to ${format(low + width)}</span>`;
      return `<div style="display:flex;gap:16px"><span style="flex:1">${marker}${escapeHtml(seriesName)}</span><span><b>${typeof y === 'number' ? format(y) : ''}</b>${range}</span></div>`;
    });
    return `<div>${escapeHtml(name)} ${formatX(Number(first.value[0]))}</div>${lines.join('')}`;
  };
}

const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

function namedAxis({ min, name, logarithmic }: NonNullable<ChartContent['xAxis']>, max: number, label: { color: string }) {
  // Settings are swept by doubling, so that their own values are the ticks.
  const kind = logarithmic ? { type: 'log', logBase: 2 } : { type: 'value' };
  return { ...kind, min, max, name, nameLocation: 'middle', nameGap: 24, nameTextStyle: label };
}

function lineSeries(series: Series, theme: ChartTheme) {
  return {
    id: series.key,
    name: series.name,
    type: 'line',
    // A single point draws no line: until there are two, it is marked.
    showSymbol: series.marked || series.points.length < 2,
    symbol: 'circle',
    symbolSize: 5,
    clip: !series.marked,
    emphasis: { disabled: true },
    itemStyle: { color: theme.colour(series.colour), opacity: series.faint ? 0.55 : 1 },
    lineStyle: { width: series.width ?? 1.6, type: series.dash ?? 'solid', opacity: series.faint ? 0.55 : 1 },
    data: series.points,
    z: 3,
  };
}

/** A band as two stacked, invisible lines, the upper one filled down to the lower. */
function bandSeries(series: Series, theme: ChartTheme) {
  if (!series.band?.length) return [];
  const hidden = {
    type: 'line',
    stack: `${series.key}-band`,
    stackStrategy: 'all',
    symbol: 'none',
    silent: true,
    lineStyle: { opacity: 0 },
    tooltip: { show: false },
    z: 1,
  };
  return [
    { ...hidden, id: `${series.key}-band-low`, data: series.band.map(([x, low]) => [x, low]) },
    {
      ...hidden,
      id: `${series.key}-band-high`,
      data: series.band.map(([x, low, high]) => [x, high - low]),
      areaStyle: { color: theme.colour(series.colour), opacity: 0.14 },
    },
  ];
}
