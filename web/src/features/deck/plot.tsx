import type { DeckScale } from '@/generated/graphql.ts';
import { BarsPlot } from './bars-plot.tsx';
import { CurvesPlot } from './curves-plot.tsx';
import type { PlotSettings } from './plot-settings.ts';
import { SoftLabelsPlot } from './soft-labels-plot.tsx';
import { SweepPlot } from './sweep-plot.tsx';
import type { Group } from './use-system.ts';

type Props = { slug: string; scale: DeckScale; plot: PlotSettings; groups: readonly Group[] };

/** What a preset is looked at by. */
export function Plot({ slug, scale, plot, groups }: Props) {
  switch (plot.kind) {
    case 'BARS':
      return <BarsPlot plot={plot} groups={groups} />;
    case 'CURVES':
      return <CurvesPlot slug={slug} scale={scale} plot={plot} groups={groups} />;
    case 'SWEEP':
      return <SweepPlot plot={plot} groups={groups} />;
    case 'ANALYSES':
      // What was asked stands below, as of every preset that asks.
      return null;
    case 'SOFT_LABELS':
      return <SoftLabelsPlot groups={groups} />;
  }
}
