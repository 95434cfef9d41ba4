import { isResolved } from '@studyhall/contract/statistics/verdict.ts';
import Link from 'next/link';
import type { DeckSystemQuery } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { niceScale } from '@/lib/statistics/scale.ts';
import { IntervalAxis, IntervalPlot } from '@/ui/chart/interval-plot.tsx';
import { SeedCount } from '@/ui/seed-count.tsx';
import { metrics, splitOf } from './metric.ts';
import type { Group } from './use-system.ts';
import { VerdictMark } from './verdict-mark.tsx';

type Conclusion = NonNullable<DeckSystemQuery['deckSystem']>['preset']['conclusions'][number];
type Props = { conclusions: readonly Conclusion[]; groups: readonly Group[] };

/** What our runs say: a sentence each, its verdict, and the difference with its interval on an axis that all of one metric share. */
export function Conclusions({ conclusions, groups }: Props) {
  const asked = [...new Set(conclusions.map(({ metric }) => metric))];
  return asked.map((metric, place) => {
    const { name, unit, formatDifference: format } = metrics[metric];
    const ofMetric = conclusions.filter((conclusion) => conclusion.metric === metric);
    const drawn = ofMetric.flatMap(({ difference }) => {
      if (!difference) return [];
      const half = difference.interval ?? 0;
      return [difference.mean - half, difference.mean + half];
    });
    const scale = niceScale([0, ...drawn]);
    return (
      <section key={metric} aria-label={`Conclusions, ${name.toLowerCase()}`} className="mt-8">
        <div className="grid items-end gap-x-8 border-b border-line-strong pb-1.5 md:grid-cols-[minmax(0,1fr)_minmax(14rem,26rem)]">
          <h3 className="font-semibold">
            {place === 0 ? 'What our runs say' : null}
            {asked.length > 1 ? <span className="block text-xs font-normal text-muted">{name}</span> : null}
          </h3>
          {drawn.length > 0 ? (
            <div className="hidden md:block">
              <p className="text-2xs text-faint">difference{unit ? `, ${unit},` : ''} with its 95 % interval</p>
              <IntervalAxis scale={scale} unit={metrics[metric].axisOfDifference} />
            </div>
          ) : null}
        </div>
        <ul>
          {ofMetric.map((conclusion) => (
            <li
              key={conclusion.sentence}
              className="grid items-center gap-x-8 gap-y-1.5 border-b border-line py-2.5 md:grid-cols-[minmax(0,1fr)_minmax(14rem,26rem)]"
            >
              <div>
                <p className="max-w-[90ch]">{conclusion.sentence}</p>
                <div className="mt-1 flex flex-wrap items-baseline gap-x-4 text-xs">
                  <VerdictMark verdict={conclusion.verdict} split={splitOf(metric)} />
                  {conclusion.difference ? <SeedCount n={conclusion.difference.n} /> : null}
                  <Sources runIds={conclusion.runIds} groups={groups} />
                </div>
              </div>
              {conclusion.difference ? (
                <IntervalPlot
                  scale={scale}
                  mean={conclusion.difference.mean}
                  half={conclusion.difference.interval}
                  n={conclusion.difference.n}
                  hollow={!isResolved(conclusion.difference)}
                  reference={0}
                  label={`Difference ${format(conclusion.difference.mean)} ${unit} over ${conclusion.difference.n} seeds`}
                />
              ) : null}
            </li>
          ))}
        </ul>
      </section>
    );
  });
}

/** The runs behind a sentence, each a way to its page. */
function Sources({ runIds, groups }: { runIds: readonly string[]; groups: readonly Group[] }) {
  if (runIds.length === 0) return null;
  const runs = groups.flatMap((group) => group.runs.filter(({ id }) => runIds.includes(id)).map((run) => ({ ...run, title: group.title })));
  return (
    <details className="text-muted">
      <summary className="cursor-pointer hover:text-ink">from {runIds.length} runs</summary>
      <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1">
        {runs.map((run) => (
          <li key={run.id}>
            <Link href={paths.run(run.id)} className="target link">
              {run.title}, seed {run.seed}
            </Link>
          </li>
        ))}
      </ul>
    </details>
  );
}
