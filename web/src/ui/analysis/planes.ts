import type { PointGroup } from '@/ui/chart/scatter-chart.tsx';
import { seriesColour } from '@/ui/chart/series.ts';
import type { PointMap } from './csv.ts';

const shapes = [
  { symbol: 'circle', name: 'circle' },
  { symbol: 'triangle', name: 'triangle' },
  { symbol: 'rect', name: 'square' },
  { symbol: 'diamond', name: 'diamond' },
  { symbol: 'pin', name: 'pin' },
  { symbol: 'arrow', name: 'arrow' },
  { symbol: 'roundRect', name: 'rounded square' },
  { symbol: 'emptyCircle', name: 'ring' },
] as const;
type Shape = (typeof shapes)[number];
export const shapeOf = (place: number): Shape => shapes[place % shapes.length] ?? shapes[0];

export type By = 'class' | 'network';

/** One entry of the legend: a class, or a network. */
export type Entry = { key: number; name: string; colour: string };

/** Places of networks that are drawn side by side: those of one run lie in one plane. A run that is gone is told from others by nothing. */
export function planesOf(map: PointMap, runs: readonly (string | null)[]): number[][] {
  const planes = new Map<string | null, number[]>();
  for (const place of [...new Set(map.network)].toSorted((a, b) => a - b)) {
    const run = runs[place] ?? null;
    planes.set(run, [...(planes.get(run) ?? []), place]);
  }
  return [...planes.values()];
}

type Chosen = {
  by: By;
  names: readonly string[];
  classes: readonly { name: string }[];
  only: number | null;
  /** Of a network by its place. */
  colourOf: (network: number) => string;
};

/** What the colours are of. They repeat where there are more than eight: a chosen one is told by the others being faint. */
export function entriesOf(map: PointMap, { by, names, classes, colourOf }: Omit<Chosen, 'only'>): Entry[] {
  const keys = [...new Set(by === 'class' ? map.label : map.network)].toSorted((a, b) => a - b);
  const nameOf = (key: number) => (by === 'class' ? (classes[key]?.name ?? `class ${key}`) : (names[key] ?? `${key}`));
  return keys.map((key) => ({ key, name: nameOf(key), colour: by === 'class' ? seriesColour(key) : colourOf(key) }));
}

/** The points of some of the networks, a group for each look; all but the chosen entry's are faint. */
export function groupsOf(map: PointMap, places: readonly number[], { by, names, classes, only, colourOf }: Chosen): PointGroup[] {
  const groups = new Map<string, PointGroup & { points: [number, number, string, number][] }>();
  for (const [k, x] of map.x.entries()) {
    const [place, label] = [map.network[k] ?? 0, map.label[k] ?? 0];
    if (!places.includes(place)) continue;
    const named = classes[label]?.name ?? `class ${label}`;
    const own = by === 'class' ? label : place;
    const key = `${place} ${by === 'class' ? label : ''}`;
    const group = groups.get(key) ?? {
      key,
      name: by === 'class' ? named : (names[place] ?? `${place}`),
      colour: by === 'class' ? seriesColour(own) : colourOf(own),
      symbol: shapeOf(place).symbol,
      faint: only !== null && only !== own,
      points: [],
    };
    groups.set(key, group);
    group.points.push([x, map.y[k] ?? 0, `${names[place] ?? place}; ${named}; sample ${map.sample[k]}`, map.sample[k] ?? -1]);
  }
  return [...groups.values()];
}

const ends = (values: readonly number[]): [number, number] => {
  const [low, high] = values.reduce(
    ([a, b], value) => [Math.min(a, value), Math.max(b, value)],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
  );
  const margin = (high - low || 1) * 0.03;
  return [low - margin, high + margin];
};

/** The same for all planes side by side, so that a place in one is the same place in the other. */
export const rangeOf = ({ x, y }: PointMap) => ({ x: ends(x), y: ends(y) });
