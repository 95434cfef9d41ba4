import type { ChartTheme } from './chart-options.ts';

/** Names of fonts without double quotes: ECharts writes them into an SVG's attributes as they are. */
export const fontNames = (family: string): string => family.replaceAll('"', "'");

/** Colours and font as they are now in that place of the page. */
export function chartTheme(element: HTMLElement): ChartTheme {
  const style = getComputedStyle(element);
  return { colour: (variable) => style.getPropertyValue(variable).trim(), font: fontNames(style.fontFamily) };
}
