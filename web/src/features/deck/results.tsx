import type { ReactNode } from 'react';
import type { DeckScale } from '@/generated/graphql.ts';
import { columnName, splitWords } from '@/lib/format/measure.ts';
import { hasOwnPlace } from '@/lib/format/own-place.ts';
import { accuracyText, gainText, measureText, numberText } from '@/lib/statistics/written.ts';
import { cx } from '@/ui/cx.ts';
import { type Column, ColumnHeads, FigureCell } from './figure-cell.tsx';
import { GroupHead } from './group-head.tsx';
import type { Result } from './run-figures.ts';
import type { Group } from './use-system.ts';

type Props = {
  slug: string;
  scale: DeckScale;
  groups: readonly Group[];
  /** Where a system is about how sure its networks are: the split on which that is shown. */
  entropyOn: 'validation' | 'test' | null;
};

const paired = 'Points above the independent twin: same seed, initial weights and batches; ± is the 95 % interval over paired seeds.';
const accuracies: Column[] = [
  { name: 'Train % ±\u00a0sd', key: 'train', cell: (result) => accuracyText(result.trainAccuracy) },
  { name: 'Validation % ±\u00a0sd', key: 'validation', cell: (result) => accuracyText(result.validationAccuracy) },
  {
    name: 'Validation gain ± 95\u00a0%',
    key: 'validation-gain',
    title: paired,
    cell: (result) => gainText(result.validationGain),
    n: (result) => result.validationGain?.n,
  },
  { name: 'Test % ±\u00a0sd', key: 'test', place: 'col-start-2', cell: (result) => accuracyText(result.testAccuracy) },
  {
    name: 'Test gain ± 95\u00a0%',
    key: 'test-gain',
    title: paired,
    cell: (result) => gainText(result.testGain),
    n: (result) => result.testGain?.n,
  },
];
const entropy = (split: 'validation' | 'test'): Column => ({
  name: `${split === 'test' ? 'Test' : 'Validation'} entropy, nats ±\u00a0sd`,
  key: 'entropy',
  place: 'col-start-2',
  title: `Mean entropy of the output over the ${split} split.`,
  cell: (result) => numberText(split === 'test' ? result.testEntropy : result.entropy),
});

/** Of measures that have no other place on the page those that the registry shows in tables, where a network has them. */
function measuredColumns(groups: readonly Group[]): Column[] {
  const all = groups.flatMap((group) => group.results.flatMap(({ measurements }) => measurements));
  const shown = all.filter(({ measure, split }) => measure.shownOn === split && !hasOwnPlace(measure));
  const measures = new Map(shown.map(({ measure, split }) => [measure.name, { measure, split }]));
  return [...measures.values()].map(({ measure, split }) => ({
    name: `${columnName(measure)} ± sd`,
    key: measure.name,
    title: `${measure.sentence} On the ${splitWords(split)} split.`,
    cell: (result) => {
      const found = result.measurements.find((one) => one.measure.name === measure.name && one.split === split);
      return measureText(measure, found?.statistic);
    },
  }));
}

/** Every group with its networks and its ensemble: mean ± sd over seeds. All figures are made from the runs named beside them. */
export function Results({ slug, scale, groups, entropyOn }: Props) {
  const columns = [...accuracies, ...(entropyOn === null ? [] : [entropy(entropyOn)]), ...measuredColumns(groups)];
  return (
    <section aria-label="Results" className="mt-8">
      <h3 className="font-semibold">Results</h3>
      <table className="mt-1.5 block w-full border-t border-line-strong text-[0.8125rem] lg:table">
        <ColumnHeads first="Group" columns={columns} />
        {groups.map((group) => (
          <GroupRows key={group.key} group={group} columns={columns} head={<GroupHead slug={slug} scale={scale} group={group} />} />
        ))}
      </table>
      <p className="mt-2 max-w-[100ch] text-xs text-muted">
        ± is the standard deviation over n seeds, for gains the 95 % interval; gains in grey are not told from noise. A number leads to the
        runs of its group.
      </p>
    </section>
  );
}

const row = 'grid grid-cols-3 gap-x-2 gap-y-1 pb-2.5 hover:bg-sunken lg:table-row';

/** A group's members under its name; where there is one alone, its figures stand beside the name. */
function GroupRows({ group, columns, head }: { group: Group; columns: readonly Column[]; head: ReactNode }) {
  const results = group.results.filter(({ runIds }) => runIds.length > 0);
  const [only] = results;
  if (only && group.results.length === 1) {
    return (
      <tbody className="block border-t border-line lg:table-row-group">
        <tr className={row}>
          <th scope="row" className="col-span-full py-1 text-left font-normal">
            {head}
          </th>
          <Figures group={group} result={only} columns={columns} />
        </tr>
      </tbody>
    );
  }
  return (
    <tbody className="block border-t border-line lg:table-row-group">
      <tr className="block lg:table-row">
        <th scope="rowgroup" colSpan={columns.length + 1} className="block py-1 text-left font-normal lg:table-cell">
          {head}
        </th>
      </tr>
      {results.map((result) => (
        <tr key={result.id} className={cx(row, 'pl-4')}>
          <th scope="row" className="col-span-full text-left font-normal text-muted lg:h-7 lg:pl-4">
            {result.label}
            <span className="text-xs text-faint"> · n = {result.runIds.length}</span>
          </th>
          <Figures group={group} result={result} columns={columns} />
        </tr>
      ))}
    </tbody>
  );
}

function Figures({ group, result, columns }: { group: Group; result: Result; columns: readonly Column[] }) {
  return columns.map((column) => <FigureCell key={column.key} column={column} result={result} group={group} />);
}
