'use client';

import { useCallback, useMemo, useState } from 'react';
import { MemberChoice } from '@/ui/member-choice.tsx';
import { ToggledChart } from '../toggled-chart.tsx';
import { type Asked, networksIn, type SeedChart, type SeedGroup, seedChartCsv, seedSeries } from './seed-series.ts';
import { SeedTable } from './seed-table.tsx';

type Props = { asked: Asked; groups: readonly SeedGroup[]; file: string };

/** What the answers to one question say over seeds: one network of each group in sight, for they are never pooled. */
export function SeedAnswer({ asked, groups, file }: Props) {
  const networks = useMemo(() => networksIn(asked.charts), [asked.charts]);
  const [chosen, setChosen] = useState(0);
  const network = networks.includes(chosen) ? chosen : (networks[0] ?? null);
  const charts = asked.charts.map((chart) => ({ chart, key: `${chart.key} ${chart.title}` }));
  return (
    <div className="space-y-5">
      {charts.length > 0 ? (
        <div className="flex flex-wrap items-center justify-between gap-2">
          <p className="text-xs text-muted">Means over seeds; bands are ± sd over seeds.</p>
          <MemberChoice members={networks} shown={network ?? 0} onChange={(next) => setChosen(Number(next))} />
        </div>
      ) : null}
      {charts.length > 0 ? (
        <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
          {charts.map(({ chart, key }) => (
            <OneChart key={key} chart={chart} groups={groups} network={network} file={file} id={asked.id} />
          ))}
        </div>
      ) : null}
      {asked.tables.map((table) => (
        <SeedTable key={`${table.key} ${table.title}`} table={table} groups={groups} file={file} />
      ))}
      {asked.notes.length > 0 ? (
        <ul className="max-w-[90ch] list-disc space-y-0.5 pl-4 text-xs text-muted">
          {asked.notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}

type ChartProps = { chart: SeedChart; groups: readonly SeedGroup[]; network: number | null; file: string; id: string };

function OneChart({ chart, groups, network, file, id }: ChartProps) {
  const series = useMemo(() => seedSeries(chart, groups, network), [chart, groups, network]);
  const csv = useCallback(() => seedChartCsv(chart, groups), [chart, groups]);
  if (series.length === 0) return null;
  const ofNetwork = chart.lines.some((line) => line.network !== null);
  return (
    <ToggledChart
      chart={chart}
      series={series}
      caption={`mean ± sd over seeds${ofNetwork && network !== null ? `, network ${network}` : ''}`}
      file={`${file}-${chart.key}`}
      csv={csv}
      group={`${id} ${chart.xLabel}`}
    />
  );
}
