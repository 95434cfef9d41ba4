'use client';

import { useCallback, useMemo, useState } from 'react';
import { ScatterChart } from '@/ui/chart/scatter-chart.tsx';
import { shortNames } from '@/ui/chart/short-names.ts';
import { cx } from '@/ui/cx.ts';
import { Segmented } from '@/ui/segmented.tsx';
import { mapCsv, type PointMap } from './csv.ts';
import { picturesOf } from './pictures.ts';
import { type By, entriesOf, groupsOf, planesOf, rangeOf, shapeOf } from './planes.ts';

type Props = {
  map: PointMap;
  names: readonly string[];
  /** Of each network the id of its run, unless that is gone. */
  runs: readonly (string | null)[];
  classes: readonly { name: string }[];
  /** Of a network by its place. */
  colourOf: (network: number) => string;
  file: string;
};

/** Points of several networks, computed in one plane: each run's are drawn beside the others', on one scale, with a shape for each network. */
export function AnalysisMap({ map, names, runs, classes, colourOf, file }: Props) {
  const [by, setBy] = useState<By>('class');
  const [chosen, setChosen] = useState<number | null>(null);
  const { short } = useMemo(() => shortNames(names), [names]);
  const entries = useMemo(() => entriesOf(map, { by, names: short, classes, colourOf }), [map, by, short, classes, colourOf]);
  const planes = useMemo(() => planesOf(map, runs), [map, runs]);
  const range = useMemo(() => rangeOf(map), [map]);
  const drawn = useMemo(
    () => planes.map((places) => ({ places, groups: groupsOf(map, places, { by, names: short, classes, only: chosen, colourOf }) })),
    [planes, map, by, short, classes, chosen, colourOf],
  );
  const csv = useCallback(() => mapCsv(map, names), [map, names]);
  const pictureOf = useMemo(() => picturesOf(map.pictures), [map.pictures]);
  const marked = (place: number) => `${shapeOf(place).name}: ${short[place] ?? place}`;
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-xs">
        <span className="font-medium">{map.title}</span>
        <Segmented
          label="Colour by"
          value={by}
          options={[
            { value: 'class', label: 'By class' },
            { value: 'network', label: 'By network' },
          ]}
          onChange={(next) => {
            setBy(next);
            setChosen(null);
          }}
        />
      </figcaption>
      <div className={cx('grid gap-x-6 gap-y-4', drawn.length > 1 && 'md:grid-cols-2')}>
        {drawn.map(({ places, groups }, plane) => (
          <div key={places.join()} className="min-w-0">
            <p className="py-1 text-xs text-muted [overflow-wrap:anywhere]" title={places.map((place) => names[place]).join('\n')}>
              {places.map(marked).join(' · ')}
            </p>
            <ScatterChart
              groups={groups}
              range={range}
              height={drawn.length > 1 ? 360 : 420}
              pictureOf={pictureOf}
              caption={`${map.title}\n${places.map(marked).join(' · ')}`}
              file={`${file}-${map.key}${drawn.length > 1 ? `-${plane + 1}` : ''}`}
              csv={csv}
              label={`${map.title}: ${groups.reduce((sum, { points }) => sum + points.length, 0)} points of ${places.map((place) => names[place]).join(' and ')}`}
            />
          </div>
        ))}
      </div>
      <ul aria-label={by === 'class' ? 'Classes' : 'Networks'} className="flex flex-wrap gap-x-1 text-xs">
        {entries.map(({ key, name, colour }) => (
          <li key={key}>
            <button
              type="button"
              aria-pressed={chosen === key}
              onClick={() => setChosen(chosen === key ? null : key)}
              className={cx(
                'inline-flex min-h-7 items-center gap-1.5 rounded-[2px] px-1.5 text-left hover:bg-sunken',
                chosen === key && 'bg-accent-soft font-medium',
                chosen !== null && chosen !== key && 'text-faint',
              )}
            >
              <span aria-hidden className="size-2 shrink-0 rounded-full" style={{ background: `var(${colour})` }} />
              {name}
            </button>
          </li>
        ))}
      </ul>
      <p className="text-xs text-muted">
        {drawn.length > 1 ? 'All planes have one scale. ' : ''}Choose a name to see it alone{entries.length > 8 ? ': colours repeat' : ''}.
        <span className="coarse:hidden"> Ctrl and wheel, or pinch, to zoom.</span>
      </p>
    </figure>
  );
}
