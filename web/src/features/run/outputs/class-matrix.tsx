import { useMemo, useState } from 'react';
import { type bySuperclass, inOrder, type NamedClass } from '@/lib/classes/by-superclass.ts';
import { csv } from '@/lib/format/csv.ts';
import { MatrixPlot } from '@/ui/chart/matrix-plot.tsx';
import { Select } from '@/ui/input.tsx';

type Props = {
  /** [true class][class taken for], in the dataset's order. */
  matrix: readonly (readonly number[])[];
  classes: readonly NamedClass[];
  order: ReturnType<typeof bySuperclass>;
  /** From -1 to 1: how much of its colour a cell gets. @param row all of its row */
  shade: (value: number, row: readonly number[]) => number;
  /** What a cell says, after `apple taken for pear: `. */
  say: (value: number, row: readonly number[]) => string;
  label: string;
  /** Of the file that is saved. */
  file: string;
};

/** Most classes whose names fit beside their rows. */
const mostNamed = 32;

/** A matrix of classes, ordered by superclass; of one superclass alone, if it is chosen, for a small screen. */
export function ClassMatrix({ matrix, classes, order: { order, groups }, shade, say, label, file }: Props) {
  const [asked, setAsked] = useState('');
  const group = groups.find(({ name }) => name === asked);
  const shown = useMemo(() => (group ? order.slice(group.from, group.to) : order), [group, order]);
  const cells = useMemo(() => inOrder(matrix, shown), [matrix, shown]);
  const shades = useMemo(
    () => cells.map((row, place) => row.map((value) => shade(value, matrix[shown[place] ?? 0] ?? []))),
    [cells, matrix, shown, shade],
  );
  const name = (place: number) => classes[shown[place] ?? 0]?.name ?? '';
  const within = (place: number) => (groups.length > 0 && !group ? ` (${classes[shown[place] ?? 0]?.superclass ?? ''})` : '');
  const named = shown.map((_, place) => ({ name: name(place), from: place, to: place + 1 }));
  const lines = useMemo(() => (group ? [] : groups.map(({ from }) => from)), [group, groups]);
  return (
    <>
      {groups.length > 1 ? (
        <div className="mb-2 flex flex-wrap items-center gap-2">
          <Select aria-label="Classes" value={group ? asked : ''} onChange={(event) => setAsked(event.target.value)} className="max-w-full">
            <option value="">All {classes.length} classes, by superclass</option>
            {groups.map(({ name: superclass }) => (
              <option key={superclass} value={superclass}>
                {superclass}
              </option>
            ))}
          </Select>
        </div>
      ) : null}
      <MatrixPlot
        shades={shades}
        labels={shown.length <= mostNamed ? named : group ? [] : groups}
        lines={lines}
        label={label}
        file={file}
        csv={() =>
          csv([
            ['true class', ...order.map((index) => classes[index]?.name ?? '')],
            ...inOrder(matrix, order).map((row, place) => [classes[order[place] ?? 0]?.name ?? '', ...row]),
          ])
        }
        hint="A row is a true class, a column what it is taken for. Point at a cell, or walk through them with the arrow keys."
        describe={(row, column) => {
          const values = matrix[shown[row] ?? 0] ?? [];
          return `${name(row)}${within(row)} taken for ${name(column)}${within(column)}: ${say(cells[row]?.[column] ?? 0, values)}`;
        }}
      />
    </>
  );
}
