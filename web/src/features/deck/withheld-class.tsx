import { accuracyText, numberText } from '@/lib/statistics/written.ts';
import { type Column, ColumnHeads, FigureCell } from './figure-cell.tsx';
import { memberName } from './metric.ts';
import type { Group } from './use-system.ts';

const columns: Column[] = [
  { name: 'Left-out class % ± sd', key: 'accuracy', cell: ({ withheldAccuracy }) => accuracyText(withheldAccuracy) },
  { name: 'All, test % ± sd', key: 'test', cell: ({ testAccuracy }) => accuracyText(testAccuracy) },
  {
    name: 'Bias ± sd',
    key: 'bias',
    title: 'Added to the logit of the class that was left out.',
    cell: ({ biasCorrection }) => numberText(biasCorrection),
  },
  { name: 'Left-out % with it ± sd', key: 'corrected', cell: ({ correctedWithheldAccuracy }) => accuracyText(correctedWithheldAccuracy) },
  { name: 'All % with it ± sd', key: 'all', cell: ({ correctedAccuracy }) => accuracyText(correctedAccuracy) },
];

/** What became of a class that was left out of the students' images: as they are, and with the bias chosen on validation. */
export function WithheldClass({ groups }: { groups: readonly Group[] }) {
  const rows = groups.flatMap((group) =>
    group.results.filter(({ withheldAccuracy }) => withheldAccuracy !== null).map((result) => ({ group, result })),
  );
  if (rows.length === 0) return null;
  return (
    <section aria-label="The class left out" className="mt-8">
      <h3 className="font-semibold">The class left out</h3>
      <table className="mt-1.5 block w-full border-t border-line-strong text-[0.8125rem] lg:table">
        <ColumnHeads first="Network" columns={columns} />
        <tbody className="block lg:table-row-group">
          {rows.map(({ group, result }) => (
            <tr
              key={`${group.key} ${result.id}`}
              className="grid grid-cols-3 gap-x-2 gap-y-1 border-t border-line py-1.5 hover:bg-sunken lg:table-row"
            >
              <th scope="row" className="col-span-full text-left font-normal lg:h-8">
                {memberName(group, result)}
              </th>
              {columns.map((column) => (
                <FigureCell key={column.key} column={column} result={result} group={group} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="mt-2 max-w-[100ch] text-xs text-muted">
        Test accuracy on the images of the class that these networks were never shown, and on all images. The bias is what, added to that
        class’s logit, does best on validation; a network that has learned nothing of the class gains little from it.
      </p>
    </section>
  );
}
