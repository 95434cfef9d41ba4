'use client';

import { useQuery } from '@apollo/client/react';
import { memo, useMemo } from 'react';
import { AnalysisAnswerDocument, type AnalysisStateFragment } from '@/generated/graphql.ts';
import { errorMessage } from '@/lib/api/error-code.ts';
import { Notice } from '@/ui/notice.tsx';
import { AnalysisChart } from './analysis-chart.tsx';
import { AnalysisMap } from './analysis-map.tsx';
import { AnalysisTable } from './analysis-table.tsx';
import { brieflyOf } from './briefly.ts';
import { networkColours } from './network-colours.ts';

type Props = { id: string; networks: AnalysisStateFragment['networks'] };

/** What an analysis came to: fetched when it is opened, for it may be large. */
export const AnalysisAnswer = memo(function AnalysisAnswer({ id, networks }: Props) {
  const names = useMemo(() => networks.map(({ label }) => label), [networks]);
  const runs = useMemo(() => networks.map(({ run }) => run?.id ?? null), [networks]);
  const colourOf = useMemo(() => networkColours(networks.map(({ run }) => run?.method ?? null)), [networks]);
  const briefly = useMemo(() => brieflyOf(names), [names]);
  const { data, error } = useQuery(AnalysisAnswerDocument, { variables: { id } });
  const charts = useMemo(
    () => data?.analysis?.result?.charts.map((chart) => ({ chart: { ...chart, title: briefly(chart.title) }, whole: chart.title })),
    [data?.analysis?.result?.charts, briefly],
  );
  if (error)
    return (
      <Notice tone="danger" title="The answer could not be loaded">
        {errorMessage(error)}
      </Notice>
    );
  const result = data?.analysis?.result;
  if (!result || !charts) return <p className="min-h-60 text-xs text-muted">Loading…</p>;
  return (
    <div className="space-y-5">
      {charts.length > 0 ? (
        <div className="grid gap-x-8 gap-y-5 md:grid-cols-2">
          {charts.map(({ chart, whole }) => (
            <AnalysisChart key={chart.key} chart={chart} whole={whole} colourOf={colourOf} file={id} group={`${id} ${chart.xLabel}`} />
          ))}
        </div>
      ) : null}
      {result.maps.map((map) => (
        <AnalysisMap
          key={map.key}
          map={map}
          names={names}
          runs={runs}
          colourOf={colourOf}
          classes={data.analysis?.dataset.classes ?? []}
          file={id}
        />
      ))}
      {result.tables.map((table) => (
        <AnalysisTable key={table.key} table={table} title={briefly(table.title)} file={id} />
      ))}
      {result.notes.length > 0 ? (
        <ul className="max-w-[90ch] list-disc space-y-0.5 pl-4 text-xs text-muted">
          {result.notes.map((note) => (
            <li key={note}>{briefly(note)}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
});
