/** One line of a chart. */
export type Series = {
  /** Stays the same while its points grow. */
  key: string;
  name: string;
  /** A colour of the theme, by the name of its CSS variable: `--series-1`. */
  colour: string;
  dash?: 'solid' | 'dashed' | 'dotted';
  width?: number;
  faint?: boolean;
  /** Its points are few, and each was measured for itself. */
  marked?: boolean;
  points: readonly (readonly [x: number, y: number])[];
  /** Lower and upper ends around the line, drawn as a band. */
  band?: readonly (readonly [x: number, low: number, high: number])[];
};

const coloursInTurn = [
  '--series-1',
  '--series-2',
  '--series-3',
  '--series-4',
  '--series-5',
  '--series-6',
  '--series-7',
  '--series-8',
] as const;

/** The colour of the i-th network or group, the same on every chart of a page. */
export function seriesColour(index: number): string {
  return coloursInTurn[index % coloursInTurn.length] ?? '--series-1';
}
