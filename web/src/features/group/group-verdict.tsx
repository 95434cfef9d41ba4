import Link from 'next/link';
import { paths } from '@/lib/paths.ts';
import { cx } from '@/ui/cx.ts';
import { SectionTitle } from '@/ui/page-header.tsx';
import type { GroupFacts } from './use-group.ts';
import { verdictsOf } from './verdict.ts';

/** What the group's seeds say of its method, and what they are held against. */
export function GroupVerdict({ group }: { group: GroupFacts }) {
  const verdicts = verdictsOf(group.rows);
  return (
    <section aria-labelledby="verdict">
      <SectionTitle id="verdict">Verdict</SectionTitle>
      {group.method === 'INDEPENDENT' ? (
        <p className="pt-2 text-muted">Its networks learn alone: others are held against them.</p>
      ) : (
        <>
          <ul>
            {verdicts.map(({ key, sentence, resolved }) => (
              <li key={key} className={cx('max-w-[90ch] border-b border-line py-2', !resolved && 'text-muted')}>
                {sentence}
              </li>
            ))}
          </ul>
          <p className="pt-2 text-[0.8125rem] text-muted">
            {group.twin ? (
              <>
                Held against{' '}
                <Link href={paths.group(group.twin.groupKey)} className="link">
                  {group.twin.label}
                </Link>
                {verdicts.length === 0 ? ': no seed has ended on both sides yet.' : ': same seeds, initial weights and batches.'}
              </>
            ) : (
              'Nothing to hold it against: the same networks have not been trained alone. Adding seeds schedules them.'
            )}
          </p>
        </>
      )}
    </section>
  );
}
