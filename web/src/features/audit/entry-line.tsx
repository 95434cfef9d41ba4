import Link from 'next/link';
import { paths } from '@/lib/paths.ts';
import { wordsOf } from './action-words.ts';
import { detailsOf } from './details.ts';

type Props = { at: string; person: string; action: string; about: unknown; ids: readonly string[]; address: string };

/** Ids that a line shows. */
const most = 4;

/** What somebody did, when and whence. */
export function EntryLine({ at, person, action, about, ids, address }: Props) {
  const details = detailsOf(about, ids);
  return (
    <li className="grid gap-x-6 gap-y-0.5 border-b border-line py-2 sm:grid-cols-[12rem_minmax(0,1fr)_minmax(0,2fr)]">
      <span className="text-xs text-muted tabular-nums">
        {at}
        <span className="block [overflow-wrap:anywhere]">from {address}</span>
      </span>
      <span className="min-w-0 font-medium [overflow-wrap:anywhere]">{person}</span>
      <span className="min-w-0">
        {wordsOf(action)}
        {details.length > 0 ? <span className="ml-3 text-xs text-muted [overflow-wrap:anywhere]">{details.join('; ')}</span> : null}
        <span className="block font-mono text-xs text-muted [overflow-wrap:anywhere]">
          {ids.slice(0, most).map((id) => (
            <span key={id} className="mr-2 inline-block max-w-full">
              {id.startsWith('run_') ? (
                <Link href={paths.run(id)} className="target hover:text-accent">
                  {id}
                </Link>
              ) : (
                id
              )}
            </span>
          ))}
          {ids.length > most ? `and ${ids.length - most} more` : null}
        </span>
      </span>
    </li>
  );
}
