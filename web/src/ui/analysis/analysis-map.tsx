'use client';

import { useCallback, useMemo, useState } from 'react';
import { type PointGroup, ScatterChart } from '@/ui/chart/scatter-chart.tsx';
import { seriesColour } from '@/ui/chart/series.ts';
import { Segmented } from '@/ui/segmented.tsx';
import { mapCsv, type PointMap } from './csv.ts';
import { picturesOf } from './pictures.ts';

const shapes = ['circle', 'triangle', 'rect', 'diamond', 'pin', 'arrow', 'roundRect', 'emptyCircle'] as const;

type By = 'class' | 'network';

type Props = { map: PointMap; names: readonly string[]; classes: readonly { name: string }[]; file: string };

/** Points of several networks in one plane: a shape for each network; coloured by class, or by network. */
export function AnalysisMap({ map, names, classes, file }: Props) {
  const [by, setBy] = useState<By>('class');
  const groups = useMemo(() => groupsOf(map, names, classes, by), [map, names, classes, by]);
  const networks = [...new Set(map.network)];
  const csv = useCallback(() => mapCsv(map, names), [map, names]);
  const pictureOf = useMemo(() => picturesOf(map.pictures), [map.pictures]);
  return (
    <figure className="min-w-0">
      <figcaption className="flex flex-wrap items-center justify-between gap-2 text-xs">
        <span className="font-medium">{map.title}</span>
        <span className="flex flex-wrap items-center gap-2">
          <Segmented
            label="Colour by"
            value={by}
            options={[
              { value: 'class', label: 'By class' },
              { value: 'network', label: 'By network' },
            ]}
            onChange={setBy}
          />
        </span>
      </figcaption>
      <ScatterChart
        groups={groups}
        height={420}
        pictureOf={pictureOf}
        caption={map.title}
        file={`${file}-${map.key}`}
        csv={csv}
        label={`${map.title}: ${map.x.length} points of ${networks.length} networks`}
      />
      <p className="text-xs text-muted">
        {networks.map((place) => `${shapes[place % shapes.length]}: ${names[place] ?? place}`).join(' · ')}.
        <span className="coarse:hidden"> Ctrl and wheel, or pinch, to zoom.</span>
      </p>
    </figure>
  );
}

function groupsOf(map: PointMap, names: readonly string[], classes: Props['classes'], by: By): PointGroup[] {
  const groups = new Map<string, PointGroup & { points: [number, number, string, number][] }>();
  for (const [k, x] of map.x.entries()) {
    const [place, label] = [map.network[k] ?? 0, map.label[k] ?? 0];
    const named = classes[label]?.name ?? `class ${label}`;
    const key = `${place} ${by === 'class' ? label : ''}`;
    const group = groups.get(key) ?? {
      key,
      name: by === 'class' ? named : (names[place] ?? `${place}`),
      colour: seriesColour(by === 'class' ? label : place),
      symbol: shapes[place % shapes.length] ?? 'circle',
      points: [],
    };
    groups.set(key, group);
    group.points.push([x, map.y[k] ?? 0, `${names[place] ?? place}; ${named}; sample ${map.sample[k]}`, map.sample[k] ?? -1]);
  }
  return [...groups.values()];
}
