import { percent } from '@/lib/format/number.ts';

type Props = {
  /** [true class][class]: mean probability; rows add up to 1. */
  matrix: readonly (readonly number[])[];
  classes: readonly string[];
  seeds: number;
};

/** Most classes whose figures still fit into their cells, and most whose names still fit beside them. */
const mostWritten = 12;
const mostNamed = 24;

/** Which classes a network takes for related: the darker, the more of its output. The true class is framed. */
export function SoftLabelsMatrix({ matrix, classes, seeds }: Props) {
  const written = matrix.length <= mostWritten;
  const named = matrix.length <= mostNamed;
  const size = written ? 'h-7 w-9 min-w-7 text-center' : named ? 'h-3.5 w-3 min-w-3 sm:h-5 sm:w-5' : 'h-2 w-2';
  const name = (index: number) => classes[index] ?? String(index);
  return (
    <figure className="mt-3">
      <div className="overflow-x-auto">
        <table className="border-separate border-spacing-px text-2xs">
          <thead>
            <tr>
              <th scope="col" className="pr-2 text-left font-normal text-faint">
                true class
              </th>
              {matrix.map((_, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index
                <th key={column} scope="col" title={name(column)} className="h-16 max-w-8 align-bottom font-normal text-muted">
                  {named ? (
                    <span className="inline-block max-h-16 truncate [writing-mode:vertical-rl] rotate-180">{name(column)}</span>
                  ) : (
                    <span className="sr-only">{name(column)}</span>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {matrix.map((row, truth) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index
              <tr key={truth}>
                <th scope="row" title={name(truth)} className="max-w-20 truncate pr-2 sm:max-w-28 text-left font-normal text-muted">
                  {named || truth % 10 === 0 ? name(truth) : <span className="sr-only">{name(truth)}</span>}
                </th>
                {row.map((probability, column) => (
                  <td
                    // biome-ignore lint/suspicious/noArrayIndexKey: a class is its index
                    key={column}
                    title={`${name(truth)} taken for ${name(column)}: ${percent(probability, 1)} %`}
                    style={{ background: `color-mix(in oklab, var(--accent) ${shade(probability)}%, var(--raised))` }}
                    className={`${size} ${truth === column ? 'outline outline-line-strong' : ''} ${shade(probability) > 55 ? 'text-on-accent' : 'text-ink'}`}
                  >
                    {written ? <span>{percent(probability, probability < 0.0995 ? 1 : 0)}</span> : null}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className="mt-2 max-w-[80ch] text-xs text-muted">
        A row is the mean output, in %, over the validation images of one true class, softened by T
        {seeds > 1 ? `, the mean of ${seeds} seeds` : ''}. A low temperature leaves little beside the diagonal; a higher one shows which
        classes the network takes for alike.
      </figcaption>
    </figure>
  );
}

/** How much of the accent a cell gets, in %. The square root keeps small probabilities, which all of this is about, in sight. */
const shade = (probability: number) => Math.round(Math.sqrt(Math.max(0, probability)) * 100);
