import { expect, it } from 'vitest';
import { matrixSvg } from './matrix-svg.ts';

const theme = { colour: (variable: string) => variable, font: '"Serif", serif' };
const labels = [
  { name: 'cat', from: 0, to: 1 },
  { name: 'dog & <wolf>', from: 1, to: 2 },
];

it('a saved matrix has a cell for each value that is not 0, each sign in its colour, and its rows by name', () => {
  const shades = [
    [1, 0],
    [-0.5, 0.25],
  ];
  const svg = matrixSvg({ shades, labels, lines: [1] }, 'Confusions', theme);
  expect(svg.match(/fill-opacity="[\d.]+"/g)).toEqual(['fill-opacity="1.000"', 'fill-opacity="0.500"', 'fill-opacity="0.250"']);
  expect(svg.match(/fill="--series-2"/g)).toHaveLength(1);
  expect(svg).toContain('M0 320H640M320 0V640');
  expect(svg).toContain('>Confusions<');
  expect(svg).toContain('dog &#38; &#60;wolf&#62;');
  expect(svg).toContain('font-family="&#34;Serif&#34;, serif"');
});
