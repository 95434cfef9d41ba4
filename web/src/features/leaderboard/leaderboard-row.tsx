import { isResolved } from '@studyhall/contract/statistics/verdict.ts';
import Link from 'next/link';
import type { LeaderboardRowFieldsFragment as Row } from '@/generated/graphql.ts';
import { compactCount, percent, points, wholeNumber } from '@/lib/format/number.ts';
import { methodNames } from '@/lib/methods.ts';
import { paths } from '@/lib/paths.ts';
import type { Scale } from '@/lib/statistics/scale.ts';
import { accuracyText, gainText, measureText, type Written } from '@/lib/statistics/written.ts';
import { AddSeeds } from '@/ui/add-seeds/add-seeds.tsx';
import { IntervalPlot } from '@/ui/chart/interval-plot.tsx';
import { methodColour } from '@/ui/chart/method-style.ts';
import { Cut } from '@/ui/cut.tsx';
import { cx } from '@/ui/cx.ts';
import { Measured } from '@/ui/measured.tsx';
import { accuracyOf, ensembleOf, gainOf, type Split, seedsOf } from './sections.ts';
import { stateTally } from './state-tally.ts';

type Props = {
  row: Row;
  split: Split;
  accuracyScale: Scale;
  gainScale: Scale;
  withExperiment: boolean;
  /** What a further column is called, if there is one. */
  column: string | null;
};

/** A group's network or its ensemble. On a phone the cells stand under each other. */
export function LeaderboardRow({ row, split, accuracyScale, gainScale, withExperiment, column }: Props) {
  const accuracy = accuracyOf(row, split);
  const gain = gainOf(row, split);
  const seeds = seedsOf(row, split);
  return (
    <tr className="grid grid-cols-[minmax(0,1fr)_7.5rem] gap-x-4 border-b border-line py-2.5 hover:bg-sunken lg:table-row lg:h-12 lg:py-0 lg:align-middle">
      <th scope="row" className="col-span-2 min-w-0 text-left font-normal lg:py-1.5 lg:pr-3">
        <Link
          href={paths.group(row.groupKey)}
          title={row.label}
          className="target font-medium lg:line-clamp-4 [overflow-wrap:anywhere] hover:text-accent"
        >
          {row.label}
        </Link>
        <Cut
          className="text-xs text-muted"
          text={[describeMember(row), withExperiment && row.experiment?.title].filter(Boolean).join(' · ')}
        />
      </th>
      <td className="hidden pr-3 text-[0.8125rem] lg:table-cell">{methodNames[row.method].name}</td>
      <td className="hidden text-right text-[0.8125rem] lg:table-cell">{compactCount(row.parameters)}</td>
      <td className="hidden text-right lg:table-cell">
        <span className="inline-flex items-center gap-1 whitespace-nowrap">
          <Seeds row={row} />
          <MoreSeeds row={row} />
        </span>
      </td>
      <td className="order-3 pt-1 text-right lg:pt-0">
        <Measured {...accuracyText(accuracy)} />
      </td>
      <td className="order-2 pt-1 lg:px-3 lg:pt-0">
        {accuracy ? (
          <IntervalPlot
            scale={accuracyScale}
            colour={methodColour(row.method)}
            mean={accuracy.mean}
            half={accuracy.sd}
            seeds={seeds.accuracy}
            hollow={accuracy.n < 2}
            label={`Accuracy ${percent(accuracy.mean)} %, standard deviation ${percent(accuracy.sd)} over ${accuracy.n} seeds`}
          />
        ) : (
          <span className="text-xs text-muted">{stateTally([row.counts])}</span>
        )}
      </td>
      <td className="hidden text-right lg:table-cell">
        <Measured {...accuracyText(ensembleOf(row, split))} />
      </td>
      {column === null ? null : (
        <td className="order-6 col-span-2 flex items-baseline justify-between text-xs text-muted lg:table-cell lg:text-right lg:text-sm">
          <span className="lg:hidden">{column} ± sd</span>
          <Measured {...columnText(row)} />
        </td>
      )}
      <td className={cx('order-5 text-right', gain === null && 'hidden lg:table-cell')}>
        <Measured {...gainText(gain)} n={gain?.n} />
      </td>
      <td className={cx('order-4 lg:px-3', gain === null && 'hidden lg:table-cell')}>
        {gain ? (
          <IntervalPlot
            scale={gainScale}
            colour={methodColour(row.method)}
            n={gain.n}
            mean={gain.mean}
            half={gain.interval}
            seeds={seeds.gain}
            hollow={!isResolved(gain)}
            reference={0}
            label={`Gain ${points(gain.mean)} points over the independent twin, ${gain.n} paired seeds`}
          />
        ) : null}
      </td>
      <td className="order-6 col-span-2 flex items-center gap-4 pt-1 text-xs text-muted lg:table-cell lg:pt-0 lg:text-right lg:text-sm">
        <span className="lg:hidden">{compactCount(row.parameters)} parameters</span>
        <span className="-my-2 inline-flex items-center gap-1 lg:hidden">
          <Seeds row={row} words />
          <MoreSeeds row={row} />
        </span>
        <Link
          href={paths.runs({ group: row.groupKey })}
          className="target link ml-auto text-right"
          aria-label={`${wholeNumber(row.counts.total)} runs of ${row.label}`}
        >
          {wholeNumber(row.counts.total)}
          <span className="lg:hidden">{row.counts.total === 1 ? ' run' : ' runs'}</span>
        </Link>
      </td>
    </tr>
  );
}

/** The figure of a further column. */
function columnText({ measurements }: Row): Written {
  const [found] = measurements ?? [];
  return measureText(found?.measure, found?.statistic);
}

function describeMember(row: Row): string {
  if (row.n === 0) return tally(row.models);
  const member =
    row.networkIndex === null
      ? `ensemble of ${row.models.length}`
      : `${row.role === 'TEACHER' ? 'teacher' : 'network'} ${row.networkIndex}`;
  return `${member} · ${tally(row.models)}`;
}

/** `resnet-8 ×2, cnn` for a list of models. */
function tally(models: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const model of models) counts.set(model, (counts.get(model) ?? 0) + 1);
  return [...counts].map(([model, count]) => (count > 1 ? `${model} ×${count}` : model)).join(', ');
}

function Seeds({ row, words = false }: { row: Row; words?: boolean }) {
  if (row.n === 1) {
    return (
      <span className="text-xs text-warn" title="One seed: a reference, not evidence. Its noise is unknown.">
        1 · ref
      </span>
    );
  }
  return (
    <span title={row.repeats ? `${row.repeats} runs repeat a seed: a check of reproducibility, no evidence` : undefined}>
      {row.n}
      {words ? ' seeds' : ''}
    </span>
  );
}

/** Makes the row surer. */
function MoreSeeds({ row }: { row: Row }) {
  return <AddSeeds compact of={{ groupKey: row.groupKey }} name={row.label} withTwins={row.method !== 'INDEPENDENT'} />;
}
