import type { RowLabel } from './row-label.ts';

type Matrix = { shades: readonly (readonly number[])[]; labels: readonly RowLabel[]; lines: readonly number[] };
type Theme = { colour: (variable: string) => string; font: string };

/** Pixels: of the longer side of the cells, and of what stands beside and above them. */
const side = 640;
const beside = 160;
const above = 24;

/** A matrix as a picture that stands by itself, with what it shows above it and the names of its rows beside it. */
export function matrixSvg({ shades, labels, lines }: Matrix, caption: string, { colour, font }: Theme): string {
  const [rows, columns] = [shades.length, shades[0]?.length ?? 0];
  const cell = side / Math.max(1, rows, columns);
  const at = (place: number) => Number((place * cell).toFixed(2));
  const [width, height] = [at(columns), at(rows)];
  const [more, less] = [colour('--series-1'), colour('--series-2')];
  const cells = shades.flatMap((own, row) =>
    own.flatMap((shade, column) => {
      if (shade === 0) return [];
      const size = `width="${at(1)}" height="${at(1)}" fill="${shade > 0 ? more : less}"`;
      return `<rect x="${at(column)}" y="${at(row)}" ${size} fill-opacity="${Math.min(1, Math.abs(shade)).toFixed(3)}"/>`;
    }),
  );
  const drawn = lines.filter((place) => place > 0 && place < rows).map((place) => `M0 ${at(place)}H${width}M${at(place)} 0V${height}`);
  const names = labels.map(
    ({ name, from, to }) => `<text x="-8" y="${at((from + to) / 2)}" text-anchor="end" dominant-baseline="central">${escaped(name)}</text>`,
  );
  const [wide, high] = [width + beside + 8, height + above + 8];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${high}" font-family="${escaped(font)}" font-size="11" fill="${colour('--ink')}">`,
    `<rect width="100%" height="100%" fill="${colour('--paper')}"/>`,
    `<text x="8" y="16" font-size="12">${escaped(caption)}</text>`,
    `<g transform="translate(${beside} ${above})">${names.join('')}<g shape-rendering="crispEdges">${cells.join('')}</g>`,
    `<path d="${drawn.join('')}" stroke="${colour('--line-strong')}" fill="none"/>`,
    `<rect width="${width}" height="${height}" stroke="${colour('--line-strong')}" fill="none"/></g></svg>`,
  ].join('');
}

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
