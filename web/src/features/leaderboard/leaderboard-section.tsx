import type { LeaderboardSort, SortDirection } from '@/generated/graphql.ts';
import { reach } from '@/lib/statistics/reach.ts';
import { niceScale } from '@/lib/statistics/scale.ts';
import { IntervalAxis } from '@/ui/chart/interval-plot.tsx';
import { cx } from '@/ui/cx.ts';
import { LeaderboardRow } from './leaderboard-row.tsx';
import type { BoardSort } from './search-state.ts';
import { accuracyOf, gainOf, type Section, type Split, sectionWords, seedsOf, shortHash } from './sections.ts';
import { SortHeader } from './sort-header.tsx';
import { UnfinishedGroups } from './unfinished-groups.tsx';

type Props = {
  section: Section;
  split: Split;
  sort: BoardSort;
  direction: SortDirection;
  /** Absent where the order stands. */
  onSort?: ((sort: BoardSort, direction: SortDirection) => void) | undefined;
  /** A further column. */
  column?: { name: string; title: string } | null;
  /** Names each row's experiment; not where all rows are of one. */
  withExperiment?: boolean;
};

/** Groups that may be compared, on shared axes: trained on the same images with the same labels. */
export function LeaderboardSection({ section, split, sort, direction, onSort, column = null, withExperiment = true }: Props) {
  const accuracies = section.rows.map((row) => accuracyOf(row, split)).filter((value) => value !== null);
  const gains = section.rows.map((row) => gainOf(row, split)).filter((value) => value !== null);
  const accuracyScale = niceScale(
    [
      ...accuracies.flatMap(({ mean, sd }) => [mean - (sd ?? 0), mean + (sd ?? 0)]),
      ...section.rows.flatMap((row) => seedsOf(row, split).accuracy.map(({ value }) => value)),
    ],
    { parts: true },
  );
  const gainScale = niceScale([0, ...gains.flatMap((gain) => [gain.mean - reach(gain), gain.mean + reach(gain)])]);
  const words = sectionWords(section);
  const finished = section.rows.filter(({ n }) => n > 0);
  const unfinished = section.rows.filter(({ n }) => n === 0);
  const draw = (row: (typeof section.rows)[number]) => (
    <LeaderboardRow
      key={row.id}
      row={row}
      split={split}
      accuracyScale={accuracyScale}
      gainScale={gainScale}
      withExperiment={withExperiment}
      column={column?.name ?? null}
    />
  );
  const headings = { sort, direction, onSort };
  const name = split === 'test' ? 'Test' : 'Validation';
  const accuracyKey: LeaderboardSort = split === 'test' ? 'TEST_ACCURACY' : 'VALIDATION_ACCURACY';
  return (
    <section id={section.id} aria-label={`${section.dataset.name}, ${words}`} className="mt-5 scroll-mt-16">
      <h2 className="group flex flex-wrap items-baseline gap-x-3 pb-2 text-[0.9375rem] font-semibold">
        {section.dataset.name}
        <span
          className="text-[0.8125rem] font-normal text-muted"
          title={section.withheldClasses.length ? `Classes left out: ${section.withheldClasses.join(', ')}` : undefined}
        >
          {words}
        </span>
        <span className="font-mono text-2xs font-normal text-faint" title={section.dataset.hash}>
          {shortHash(section.dataset)}
        </span>
        <a
          href={`#${section.id}`}
          aria-label={`Link to ${section.dataset.name}, ${words}`}
          className="text-[0.8125rem] font-normal text-faint opacity-0 coarse:hidden group-hover:opacity-100 hover:text-accent focus-visible:opacity-100"
        >
          #
        </a>
      </h2>
      <div aria-hidden className="grid grid-cols-[minmax(0,1fr)_7.5rem] gap-x-4 pb-1 text-2xs text-faint lg:hidden">
        <IntervalAxis empty={accuracies.length === 0} scale={accuracyScale} unit="percent" />
        <span className="text-right">{name} % ± sd</span>
        <IntervalAxis empty={gains.length === 0} scale={gainScale} unit="points" />
        <span className="text-right">{name} gain ±&nbsp;95&nbsp;%</span>
      </div>
      <table className="block w-full border-collapse border-t border-line-strong lg:table lg:table-fixed">
        <thead className="hidden lg:table-header-group">
          <tr className="h-10 border-b border-line align-bottom text-xs text-muted">
            <SortHeader {...headings} by="LABEL" className="text-left">
              Group
            </SortHeader>
            <th scope="col" className="w-[7.5rem] pb-1.5 text-left font-normal">
              Method
            </th>
            <SortHeader {...headings} by="PARAMETERS" className="w-[5.5rem] text-right">
              Parameters
            </SortHeader>
            <SortHeader {...headings} by="SEEDS" className="w-[5.25rem] text-right">
              Seeds
            </SortHeader>
            <SortHeader {...headings} by={accuracyKey} className="w-32 text-right">
              {name} % ± sd
            </SortHeader>
            <th scope="col" className={cx('px-3 pb-1 font-normal', column ? 'w-[11%]' : 'w-[16%]')}>
              <IntervalAxis empty={accuracies.length === 0} scale={accuracyScale} unit="percent" />
              <span className="sr-only">Accuracy, mean and standard deviation, drawn</span>
            </th>
            <th scope="col" className="w-32 pb-1.5 text-right font-normal">
              Ensemble % ± sd
            </th>
            {column ? (
              <SortHeader {...headings} by="COLUMN" className="w-36 text-right" title={column.title}>
                {column.name} ± sd
              </SortHeader>
            ) : null}
            <SortHeader
              {...headings}
              // Of gains the board knows the order on validation alone.
              onSort={split === 'test' ? undefined : onSort}
              by="VALIDATION_GAIN"
              className="w-32 text-right"
              title="Points above the independent twin: same seed, initial weights and batches. ± is the 95 % interval of the mean over paired seeds."
            >
              {name} gain, points ± 95 %
            </SortHeader>
            <th scope="col" className={cx('px-3 pb-1 font-normal', column ? 'w-[11%]' : 'w-[15%]')}>
              <IntervalAxis empty={gains.length === 0} scale={gainScale} unit="points" />
              <span className="sr-only">Gain with its 95 % interval, drawn</span>
            </th>
            <th scope="col" className="w-12 pb-1.5 text-right font-normal">
              Runs
            </th>
          </tr>
        </thead>
        <tbody className="block lg:table-row-group">{finished.map(draw)}</tbody>
        <UnfinishedGroups rows={unfinished} columns={column ? 11 : 10}>
          {draw}
        </UnfinishedGroups>
      </table>
    </section>
  );
}
