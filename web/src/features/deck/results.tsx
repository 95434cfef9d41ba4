import Link from 'next/link';
import type { DeckGroupFieldsFragment, DeckScale } from '@/generated/graphql.ts';
import { percent, points } from '@/lib/format/number.ts';
import { paths } from '@/lib/paths.ts';
import { confidence95, isResolved, type Statistic } from '@/lib/statistics/interval.ts';
import { cx } from '@/ui/cx.ts';
import { StateGlyph, stateNames } from '@/ui/run-state.tsx';
import { latestRuns } from './latest-runs.ts';
import type { Result } from './metric.ts';
import { scaleNames } from './scale.ts';

type Group = DeckGroupFieldsFragment;
type Props = { slug: string; scale: DeckScale; groups: readonly Group[] };

type Column = {
  name: string;
  /** Where it stands on a phone, if not beside the one before. */
  place?: string;
  key: string;
  title?: string;
  cell: (result: Result) => { value: string; spread: string | null; quiet?: boolean };
};

const accuracyOf = (statistic: Statistic | null) => ({
  value: percent(statistic?.mean),
  spread: statistic?.sd == null ? null : percent(statistic.sd),
});
const gainOf = (gain: Statistic | null) => {
  const half = gain && confidence95(gain);
  return { value: points(gain?.mean), spread: half == null ? null : percent(half), quiet: !gain || !isResolved(gain) };
};

const paired = 'Points above the independent twin: same seed, initial weights and batches; ± is the 95 % interval over paired seeds.';
const columns: Column[] = [
  { name: 'Train %', key: 'train', cell: (result) => accuracyOf(result.trainAccuracy) },
  { name: 'Validation %', key: 'validation', cell: (result) => accuracyOf(result.validationAccuracy) },
  { name: 'Gain', key: 'validation-gain', title: paired, cell: (result) => gainOf(result.validationGain) },
  { name: 'Test %', key: 'test', place: 'col-start-2', cell: (result) => accuracyOf(result.testAccuracy) },
  { name: 'Gain', key: 'test-gain', title: paired, cell: (result) => gainOf(result.testGain) },
];
/** Every group with its networks and its ensemble: mean ± sd over seeds. All figures are made from the runs named beside them. */
export function Results({ slug, scale, groups }: Props) {
  return (
    <section aria-label="Results" className="mt-8">
      <h3 className="font-semibold">Results</h3>
      <table className="mt-1.5 block w-full border-t border-line-strong text-[0.8125rem] lg:table">
        <thead className="hidden lg:table-header-group">
          <tr className="h-9 text-right align-bottom text-xs text-muted [&>th]:pb-1.5 [&>th]:font-normal">
            <th scope="col" className="text-left">
              Group
            </th>
            <th scope="col">Seeds</th>
            {columns.map(({ name, key, title }) => (
              <th key={key} scope="col" title={title} className="w-36 pr-[3.25rem]">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.key} className="block border-t border-line lg:table-row-group">
            <GroupHead slug={slug} scale={scale} group={group} span={columns.length + 2} />
            {group.results
              .filter((result) => result.runIds.length > 0)
              .map((result) => (
                <tr key={result.id} className="grid grid-cols-3 gap-x-2 gap-y-1 pb-2.5 pl-4 hover:bg-sunken lg:table-row">
                  <th scope="row" className="col-span-full text-left font-normal text-muted lg:h-7 lg:pl-4">
                    {result.label}
                  </th>
                  <td className="hidden text-right lg:table-cell">{result.runIds.length}</td>
                  {columns.map((column) => (
                    <Figure key={column.key} column={column} result={result} group={group} />
                  ))}
                </tr>
              ))}
          </tbody>
        ))}
      </table>
      <p className="mt-2 max-w-[100ch] text-xs text-muted">
        ± is the standard deviation over seeds, for gains the 95 % interval; gains in grey are not told from noise. A number leads to the
        runs of its group.
      </p>
    </section>
  );
}

/** The group's name, its seeds as ways to their runs, and a way to change it. */
function GroupHead({ slug, scale, group, span }: { slug: string; scale: DeckScale; group: Group; span: number }) {
  const runs = latestRuns(group);
  return (
    <tr className="block lg:table-row">
      <th scope="rowgroup" colSpan={span} className="block py-1 text-left lg:table-cell">
        <span className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-0.5">
          <span className="font-medium">{group.title}</span>
          <span className="flex flex-wrap gap-x-1 text-xs font-normal">
            {runs.map((run) => (
              <Link
                key={run.id}
                href={paths.run(run.id)}
                title={`Seed ${run.seed}: ${stateNames[run.state].toLowerCase()}`}
                className="inline-flex h-6 items-center gap-1 rounded-[2px] px-1.5 text-muted hover:bg-sunken hover:text-ink"
              >
                <StateGlyph state={run.state} /> <span className="sr-only">{stateNames[run.state]}, </span>seed {run.seed}
              </Link>
            ))}
            {runs.length === 0 ? <span className="text-faint">seeds {group.seeds.join(', ')}, not scheduled</span> : null}
          </span>
          <Link
            href={paths.schedule({ deck: slug, scale: scaleNames[scale].address, group: group.key })}
            className="link ml-auto text-xs font-normal text-muted"
          >
            Change and schedule
          </Link>
        </span>
      </th>
    </tr>
  );
}

function Figure({ column, result, group }: { column: Column; result: Result; group: Group }) {
  const { value, spread, quiet = false } = column.cell(result);
  return (
    <td className={cx('lg:text-right', column.place)}>
      <span className="block text-2xs text-faint lg:hidden">{column.name}</span>
      <Link
        href={paths.runs(group.groupKey ? { group: group.groupKey } : {})}
        title={`From ${result.runIds.length} ${result.runIds.length === 1 ? 'run' : 'runs'} of ${group.title}`}
        className="inline-grid grid-cols-[auto_3.25rem] items-baseline whitespace-nowrap hover:text-accent"
      >
        <span className={quiet ? 'text-muted' : 'font-medium'}>{value}</span>
        <span className="pl-1 text-left text-xs text-muted">{spread === null ? '' : `± ${spread}`}</span>
      </Link>
    </td>
  );
}
