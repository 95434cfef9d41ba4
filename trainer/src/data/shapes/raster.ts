import type { Outline } from './outlines.ts';

/** Where a shape lies in an image, in pixels. `turn` is a unit vector (cosine, sine); `shear` slants it. */
export type Placement = { x: number; y: number; size: number; stretch: number; turn: readonly [number, number]; shear: number };

/** Sub-samples per pixel and direction. */
const FINE = 2;

const place = (outline: Outline, at: Placement): Float64Array[] =>
  outline.map((contour) => {
    const points = new Float64Array(contour.length);
    const [cosine, sine] = at.turn;
    for (let k = 0; k < contour.length; k += 2) {
      const v = (contour[k + 1] as number) * at.size;
      const u = (contour[k] as number) * at.size * at.stretch + at.shear * v;
      points[k] = at.x + u * cosine - v * sine;
      points[k + 1] = at.y + u * sine + v * cosine;
    }
    return points;
  });

/**
 * Writes the part of each pixel that the shape covers (0, ¼ … 1) to `coverage`, row by row; even-odd rule, 2 × 2 samples per pixel.
 * Only additions, multiplications and divisions: the same bits on every platform.
 */
export const rasterise = (outline: Outline, at: Placement, extent: number, coverage: Float64Array): void => {
  const contours = place(outline, at);
  coverage.fill(0);
  const fine = extent * FINE;
  const crossings: number[] = [];
  for (let row = 0; row < fine; row++) {
    const y = (row + 0.5) / FINE;
    crossings.length = 0;
    for (const points of contours) {
      for (let k = 0; k < points.length; k += 2) {
        const next = k + 2 === points.length ? 0 : k + 2;
        const y0 = points[k + 1] as number;
        const y1 = points[next + 1] as number;
        if (y0 > y !== y1 > y) {
          const x0 = points[k] as number;
          crossings.push(x0 + (((points[next] as number) - x0) * (y - y0)) / (y1 - y0));
        }
      }
    }
    if (crossings.length < 2) continue;
    crossings.sort((a, b) => a - b);
    const line = (row >> 1) * extent;
    for (let k = 0; k + 1 < crossings.length; k += 2) {
      const first = Math.max(0, Math.ceil((crossings[k] as number) * FINE - 0.5));
      const last = Math.min(fine - 1, Math.ceil((crossings[k + 1] as number) * FINE - 0.5) - 1);
      for (let column = first; column <= last; column++) {
        const pixel = line + (column >> 1);
        coverage[pixel] = (coverage[pixel] as number) + 1 / (FINE * FINE);
      }
    }
  }
};
