import type { EChartsCoreOption } from 'echarts/core';

export type Frame = { width: number; height: number; colour: (variable: string) => string; font: string };

/** Pixels of one line of the legend, and of the caption. */
const row = 20;
/** Pixels below the legend, for letters that reach below their line. */
const margin = 6;

/**
 * A chart as a picture that stands by itself: what the page says around it, its caption and the names of its lines, is in it.
 *
 * @param options what the page draws, in a frame of that size.
 * @param caption of one line or more.
 */
export async function chartSvg(options: EChartsCoreOption, caption: string, { width, height, colour, font }: Frame): Promise<string> {
  const { init } = await import('./echarts-picture.ts');
  const names = namesIn(options);
  const text = { color: colour('--ink'), fontSize: 12, fontFamily: font };
  const grid = options.grid as { top: number; bottom: number };
  const below = names.length * row + margin;
  const above = caption.split('\n').length * row;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height: height + above + below });
  chart.setOption({
    ...options,
    backgroundColor: colour('--paper'),
    title: {
      text: caption,
      left: 4,
      top: 2,
      textStyle: { ...text, lineHeight: row, fontWeight: 'normal', width: width - 8, overflow: 'truncate' },
    },
    legend: {
      data: names,
      orient: 'vertical',
      left: 0,
      bottom: margin,
      padding: [0, 4],
      itemGap: row - 14,
      itemHeight: 14,
      textStyle: { ...text, width: width - 50, overflow: 'truncate' },
    },
    grid: { ...grid, top: grid.top + above, bottom: grid.bottom + below },
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** Bands have no name of their own. */
function namesIn({ series }: EChartsCoreOption): string[] {
  const names = (series as { name?: string }[]).flatMap(({ name }) => (name ? [name] : []));
  return [...new Set(names)];
}
