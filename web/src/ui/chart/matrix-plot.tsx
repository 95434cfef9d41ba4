'use client';

import { type KeyboardEvent, memo, type PointerEvent, useEffect, useId, useRef, useState } from 'react';
import { cx } from '../cx.ts';
import { ChartDownloads } from './chart-downloads.tsx';
import { chartTheme } from './chart-theme.ts';
import { matrixSvg } from './matrix-svg.ts';
import type { RowLabel } from './row-label.ts';

/** Most rows that leave a small screen room for their names. */
const mostNamedOnPhones = 12;

type Cell = { row: number; column: number };

type Props = {
  /** [row][column], from -1 to 1: how much of its colour a cell gets; negative ones get the other. */
  shades: readonly (readonly number[])[];
  labels: readonly RowLabel[];
  /** Places of rows and columns before which a line is drawn. */
  lines?: readonly number[];
  /** What the matrix shows, in words. */
  label: string;
  /** A cell in words. */
  describe: (row: number, column: number) => string;
  /** What to do, while no cell is pointed at. */
  hint: string;
  /** Name of its files, without their endings. */
  file: string;
  csv: () => string;
};

const steps: Record<string, readonly [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A matrix as a picture: ten thousand cells on one canvas. Pointer, touch and arrow keys tell what a cell says; to be saved as CSV, SVG and PNG. */
export const MatrixPlot = memo(function MatrixPlot({ shades, labels, lines = [], label, describe, hint, file, csv }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [cell, setCell] = useState<Cell>();
  const id = useId();
  const rows = shades.length;
  const columns = shades[0]?.length ?? 0;

  useEffect(() => {
    const element = canvas.current;
    if (!element) return;
    const redraw = () => draw(element, shades, lines);
    const sizes = new ResizeObserver(redraw);
    sizes.observe(element);
    // The theme is a class of the root; a canvas does not follow it by itself.
    const themes = new MutationObserver(redraw);
    themes.observe(document.documentElement, { attributeFilter: ['class'] });
    return () => {
      sizes.disconnect();
      themes.disconnect();
    };
  }, [shades, lines]);

  const point = ({ clientX, clientY, currentTarget }: PointerEvent) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect();
    const row = within(Math.floor(((clientY - top) / height) * rows), rows);
    const column = within(Math.floor(((clientX - left) / width) * columns), columns);
    if (row !== cell?.row || column !== cell.column) setCell({ row, column });
  };
  const move = (event: KeyboardEvent) => {
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    setCell(({ row, column } = { row: -step[0], column: -step[1] }) => ({
      row: within(row + step[0], rows),
      column: within(column + step[1], columns),
    }));
  };
  const shown = cell && cell.row < rows && cell.column < columns ? cell : undefined;
  const svg = async () => {
    if (!canvas.current) throw new Error('The chart is no longer on the page.');
    return matrixSvg({ shades, labels, lines }, label, chartTheme(canvas.current));
  };
  const share = (part: number, of: number) => `${(100 * part) / of}%`;

  return (
    <div className="max-w-[44rem]">
      <div className="grid grid-cols-[auto_minmax(0,1fr)]">
        <div
          aria-hidden
          className={cx('relative text-2xs text-muted', rows <= mostNamedOnPhones ? 'mr-2 w-20 sm:w-28' : 'hidden w-28 sm:mr-2 sm:block')}
        >
          {labels.map(({ name, from, to }) => (
            <span
              key={from}
              title={name}
              className="absolute right-0 flex max-w-full items-center"
              style={{ top: share(from, rows), height: share(to - from, rows) }}
            >
              <span className="truncate leading-none">{name}</span>
            </span>
          ))}
        </div>
        <div
          role="img"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys move from cell to cell
          tabIndex={0}
          aria-label={label}
          aria-describedby={id}
          onPointerMove={point}
          onPointerDown={point}
          onPointerLeave={(event) => event.pointerType === 'mouse' && setCell(undefined)}
          onFocus={(event) => event.currentTarget.matches(':focus-visible') && setCell((before) => before ?? { row: 0, column: 0 })}
          onKeyDown={move}
          className="relative col-start-2 cursor-crosshair border border-line"
          style={{ aspectRatio: `${columns} / ${rows}` }}
        >
          <canvas ref={canvas} className="absolute inset-0 size-full" />
          {shown ? (
            <span
              aria-hidden
              className="pointer-events-none absolute outline-2 outline-ink"
              style={{
                left: share(shown.column, columns),
                top: share(shown.row, rows),
                width: share(1, columns),
                height: share(1, rows),
              }}
            />
          ) : null}
        </div>
      </div>
      <p id={id} aria-live="polite" className="mt-1.5 min-h-10 text-xs text-muted sm:ml-30">
        {shown ? describe(shown.row, shown.column) : hint}
      </p>
      <ChartDownloads file={file} csv={csv} svg={svg} />
    </div>
  );
});

const within = (place: number, count: number) => Math.max(0, Math.min(count - 1, place));

function draw(canvas: HTMLCanvasElement, shades: Props['shades'], lines: readonly number[]): void {
  const scale = window.devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * scale), Math.round(canvas.clientHeight * scale)];
  const context = canvas.getContext('2d');
  if (!context || width === 0 || height === 0) return;
  canvas.width = width;
  canvas.height = height;
  const { colour } = chartTheme(canvas);
  context.fillStyle = colour('--raised');
  context.fillRect(0, 0, width, height);
  const [more, less] = [colour('--series-1'), colour('--series-2')];
  const columns = shades[0]?.length ?? 0;
  // Cells end where the next begin, on whole pixels: no seams.
  const x = (column: number) => Math.round((column / columns) * width);
  const y = (row: number) => Math.round((row / shades.length) * height);
  for (const [row, own] of shades.entries()) {
    for (const [column, shade] of own.entries()) {
      if (shade === 0) continue;
      context.globalAlpha = Math.min(1, Math.abs(shade));
      context.fillStyle = shade > 0 ? more : less;
      context.fillRect(x(column), y(row), x(column + 1) - x(column), y(row + 1) - y(row));
    }
  }
  context.globalAlpha = 1;
  context.fillStyle = colour('--line');
  for (const place of lines) {
    if (place <= 0) continue;
    if (place < columns) context.fillRect(x(place), 0, 1, height);
    if (place < shades.length) context.fillRect(0, y(place), width, 1);
  }
}
