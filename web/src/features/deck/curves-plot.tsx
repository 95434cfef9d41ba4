'use client';

import { DeckCurvesDocument, DeckRunsChangedDocument, type DeckScale } from '@/generated/graphql.ts';
import { useLiveRead } from '@/lib/live/use-live-read.ts';
import { fileName } from '@/ui/chart/file-name.ts';
import { SeedCurves } from '@/ui/chart/seed-curves.tsx';
import { hasEnded } from '@/ui/run-state.tsx';
import { curveSeries } from './curve-series.ts';
import { metrics } from './metric.ts';
import type { PlotSettings } from './plot-settings.ts';
import { keysOf, useDeckChanges } from './use-deck-changes.ts';
import type { Group } from './use-system.ts';

type Props = { slug: string; scale: DeckScale; plot: Pick<PlotSettings, 'metric' | 'members'>; groups: readonly Group[] };

/** A metric over epochs, growing while runs commit them. */
export function CurvesPlot({ slug, scale, plot, groups }: Props) {
  // With a run's state changes which of a seed's runs counts.
  const changes = useDeckChanges({ epochs: true });
  const { answer, error } = useLiveRead(
    async (client) => (await client.query({ query: DeckCurvesDocument, variables: { slug, scale }, fetchPolicy: 'no-cache' })).data,
    `${slug} ${scale}`,
    DeckRunsChangedDocument,
    changes(keysOf(groups)),
  );
  const metric = metrics[plot.metric];
  const curves = answer?.deckSystem?.preset.groups ?? [];
  const titles = new Map(groups.map(({ key, title }) => [key, title]));
  const series = curveSeries(curves, { metric: plot.metric, members: plot.members, titles });
  return (
    <section aria-label="Plot" className="mt-8">
      <h3 className="font-semibold">{metric.name} over epochs, mean ± sd</h3>
      <SeedCurves
        group={`deck-${slug}`}
        label={`${metric.name} of ${series.length} lines over epochs.`}
        caption={`${metric.name} over epochs, mean ± sd`}
        file={fileName(slug, metric.name)}
        series={series}
        epochs={Math.max(0, ...curves.flatMap((group) => group.runs.map((run) => run.epochs)))}
        loaded={answer !== undefined}
        pending={groups.some(({ runs }) => runs.some(({ state }) => !hasEnded(state)))}
        error={error}
        format={metric.format}
        unit={metric.axis}
      />
    </section>
  );
}
