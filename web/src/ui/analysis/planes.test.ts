import { expect, it } from 'vitest';
import type { PointMap } from './csv.ts';
import { entriesOf, groupsOf, planesOf, rangeOf } from './planes.ts';

const map: PointMap = {
  key: 'tsne',
  title: 'plane',
  split: 'VALIDATION',
  x: [0, 1, 2, 10],
  y: [0, 0, 0, 5],
  network: [0, 1, 2, 3],
  sample: [7, 7, 7, 7],
  label: [0, 9, 1, 0],
  pictures: null,
};
const names = ['a', 'b', 'c', 'd'];
const colourOf = (network: number) => `--network-${network}`;
const classes = Array.from({ length: 10 }, (_, k) => ({ name: `class of ${k}` }));

it('networks of one run share a plane, those of another lie beside it', () => {
  expect(planesOf(map, ['one', 'one', 'two', 'two'])).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(planesOf(map, ['one', 'one', 'one', 'one'])).toEqual([[0, 1, 2, 3]]);
});

it('every point lies in exactly one plane, within a range that all of them share', () => {
  const planes = planesOf(map, ['one', 'one', 'two', 'two']);
  const points = planes.flatMap((places) =>
    groupsOf(map, places, { by: 'class', names, classes, only: null, colourOf }).flatMap((group) => group.points),
  );
  expect(points.map(([x]) => x)).toEqual([0, 1, 2, 10]);
  const { x, y } = rangeOf(map);
  expect(x[0]).toBeLessThan(0);
  expect(x[1]).toBeGreaterThan(10);
  expect(y[1]).toBeGreaterThan(5);
});

it('a class whose colour another has, too, is told by the others being faint', () => {
  const entries = entriesOf(map, { by: 'class', names, classes, colourOf });
  expect(entries.map(({ name }) => name)).toEqual(['class of 0', 'class of 1', 'class of 9']);
  expect(entries[1]?.colour).toBe(entries[2]?.colour);
  const shown = groupsOf(map, [0, 1, 2, 3], { by: 'class', names, classes, only: 9, colourOf }).filter(({ faint }) => !faint);
  expect(shown.map(({ name }) => name)).toEqual(['class of 9']);
});

it('networks are told by their own colours', () => {
  expect(entriesOf(map, { by: 'network', names, classes, colourOf }).map(({ colour }) => colour)).toEqual([0, 1, 2, 3].map(colourOf));
});
