import { ExternalLink } from 'lucide-react';
import type { DeckSystemQuery } from '@/generated/graphql.ts';
import { absent } from '@/lib/format/number.ts';

type Reference = NonNullable<DeckSystemQuery['deckSystem']>['references'][number];

/** What others measured: on a surface of its own, each with its source, never in a table with ours. */
export function References({ references }: { references: readonly Reference[] }) {
  if (references.length === 0) return null;
  return (
    <section aria-labelledby="published" className="rounded-[4px] border border-dashed border-line-strong bg-sunken px-4 pt-3 pb-4">
      <h2 id="published" className="text-[0.9375rem] font-semibold">
        Published
      </h2>
      <p className="text-xs text-muted">Measured by others, as printed there; no number here is from our runs.</p>
      {references.map((reference) => (
        <article key={reference.citation} className="mt-4">
          <h3 className="text-[0.8125rem] font-medium">
            {reference.url ? (
              <a href={reference.url} target="_blank" rel="noreferrer" className="target link">
                {reference.citation} <ExternalLink aria-label="opens another site" className="inline size-3 align-baseline" />
              </a>
            ) : (
              reference.citation
            )}
          </h3>
          {reference.setting ? <p className="text-xs text-muted">{reference.setting}</p> : null}
          {reference.rows.length > 0 ? <ReferenceTable rows={reference.rows} /> : null}
        </article>
      ))}
    </section>
  );
}

function ReferenceTable({ rows }: { rows: Reference['rows'] }) {
  const withBaseline = rows.some(({ baseline }) => baseline !== null);
  return (
    <table className="mt-1 w-full text-[0.8125rem]">
      <thead>
        <tr className="text-left text-xs text-muted [&>th]:py-1 [&>th]:font-normal">
          <th scope="col">
            <span className="sr-only">Setting</span>
          </th>
          {withBaseline ? (
            <th scope="col" className="pl-3">
              baseline
            </th>
          ) : null}
          <th scope="col" className="pl-3">
            result
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={`${row.label} ${row.result}`} className="border-t border-line align-baseline [&>*]:py-1">
            <th scope="row" className="text-left font-normal">
              {row.label}
            </th>
            {withBaseline ? <td className="pl-3 text-muted">{row.baseline ?? absent}</td> : null}
            <td className="pl-3">{row.result}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
