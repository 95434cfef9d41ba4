import { expect, it } from 'vitest';
import { chartOptions } from './chart-options.ts';
import { chartSvg } from './chart-svg.ts';
import { fontNames } from './chart-theme.ts';
import type { Series } from './series.ts';

const theme = { colour: (variable: string) => (variable === '--paper' ? '#ffffff' : '#123456'), font: fontNames('"Book Face", serif') };

const lines: Series[] = [
  {
    key: 'a',
    name: 'DML, network 0',
    colour: '--series-1',
    points: [
      [1, 0.5],
      [2, 0.75],
    ],
    band: [
      [1, 0.4, 0.6],
      [2, 0.7, 0.8],
    ],
  },
];

const pictureOf = (series: readonly Series[], width = 400) =>
  chartSvg(chartOptions({ series, xMax: 2, format: String, unit: 'percent' }, theme), 'Accuracy, %', { width, height: 250, ...theme });

it('a saved picture says by itself what it shows: its caption, and each line by name, a band by none', async () => {
  const svg = await pictureOf(lines);
  const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, text]) => text);
  expect(texts).toContain('Accuracy, %');
  expect(texts.filter((text) => text === 'DML, network 0')).toHaveLength(1);
  expect(texts.join()).not.toContain('band');
  expect(svg).toMatch(/^<svg width="400" height="296"/);
});

it('a picture is well-formed where names of fonts are quoted, as a browser gives them', async () => {
  const svg = await pictureOf(lines);
  const strayQuote = /="[^"<>]*"(?![\s/>?])/;
  expect(strayQuote.exec(svg)?.[0]).toBeUndefined();
});

it('a picture of more lines is higher, so that the plot is as on the page', async () => {
  const more = ['b', 'c'].map((key) => ({ ...lines[0], key, name: key }) as Series);
  expect(await pictureOf([...lines, ...more])).toMatch(/^<svg width="400" height="336"/);
});

it('a name is text in a picture, whatever letters it has', async () => {
  const svg = await pictureOf([{ ...(lines[0] as Series), name: '<script>alert(1)</script> & "T > 1"' }]);
  expect(svg).not.toContain('<script');
  expect(svg).toContain('&lt;script&gt;');
});
