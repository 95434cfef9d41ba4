import Link from 'next/link';
import type { SeedsPlanFieldsFragment, SeedsRole } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { seedWords } from '@/lib/format/seed-ranges.ts';
import { duration } from '@/lib/format/time.ts';
import { paths } from '@/lib/paths.ts';
import { expectedText, metricNames } from './expected-figure.ts';

const roles: Record<SeedsRole, string> = { GROUP: '', TWIN: 'the independent twin', TEACHER: 'teaches at the same seed' };

/** Comparisons that are shown at once. */
const mostShown = 6;

/** What adding seeds would schedule, how long that takes, and how sure it would make what is compared. */
export function SeedsQuote({ plan }: { plan: SeedsPlanFieldsFragment }) {
  return (
    <div className="space-y-4 text-[0.8125rem]">
      <ul className="border-t border-line">
        {plan.runs.map((runs) => (
          <li key={runs.groupKey} className="flex flex-wrap justify-between gap-x-4 border-b border-line py-1.5">
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {runs.label}
              {roles[runs.role] ? <span className="text-muted">, {roles[runs.role]}</span> : null}
            </span>
            <span className="text-muted">{seedWords(runs.seeds)}</span>
          </li>
        ))}
      </ul>
      <p>{timeWords(plan)}</p>
      {plan.expected.length > 0 ? <Expectations plan={plan} /> : null}
      {plan.leftOut.length > 0 ? (
        <div className="text-xs text-muted">
          <p>Passed over:</p>
          <ul className="list-disc pl-4">
            {plan.leftOut.map(({ seed, reason }) => (
              <li key={seed} className="[overflow-wrap:anywhere]">
                seed {seed}: {reason}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

/** `About 3 min 20 s, two runs at once, after 4 runs that are queued already.` */
export function timeWords({ seconds, slots, ahead }: Pick<SeedsPlanFieldsFragment, 'seconds' | 'slots' | 'ahead'>): string {
  if (slots === 0) return 'No trainer is online that could take them: they wait until one is.';
  const time = seconds == null ? 'How long they take is not known: no run like them has ended yet' : `About ${duration(seconds)}`;
  const queue = ahead === 0 ? '' : `, after ${ahead === 1 ? 'the run' : `${wholeNumber(ahead)} runs`} queued already`;
  return `${time}${slots > 1 ? `, ${slots} runs at once` : ''}${queue}.`;
}

function Expectations({ plan }: { plan: SeedsPlanFieldsFragment }) {
  const shown = plan.expected.slice(0, mostShown);
  return (
    <div>
      <p className="font-medium">
        95 % interval to expect <span className="font-normal text-muted">if seeds go on to scatter as they do</span>
      </p>
      <ul className="mt-1 border-t border-line">
        {shown.map((figure) => {
          const { now, later, verdict } = expectedText(figure);
          return (
            <li key={`${figure.of} ${figure.metric}`} className="border-b border-line py-1.5">
              <p className="text-muted [overflow-wrap:anywhere]">
                {figure.of}: {figure.difference ? 'gain in ' : ''}
                {metricNames[figure.metric]}
              </p>
              <p className="flex flex-wrap gap-x-2">
                <span>{now}</span>
                <span aria-hidden>→</span>
                <span className="font-medium">{later}</span>
                {verdict ? <span className="text-muted">{verdict}</span> : null}
              </p>
            </li>
          );
        })}
      </ul>
      {plan.expected.length > shown.length ? (
        <p className="mt-1 text-xs text-muted">and {plan.expected.length - shown.length} more</p>
      ) : null}
    </div>
  );
}

/** What was scheduled, with ways to it. */
export function SeedsAdded({ runs }: { runs: readonly { id: string; seed: number; groupKey: string; label: string }[] }) {
  const groups = new Map<string, typeof runs>();
  for (const run of runs) groups.set(run.groupKey, [...(groups.get(run.groupKey) ?? []), run]);
  return (
    <div role="status" className="text-[0.8125rem]">
      <p className="font-medium">{runs.length === 1 ? '1 run is scheduled' : `${wholeNumber(runs.length)} runs are scheduled`}</p>
      <ul className="mt-1">
        {[...groups].map(([key, group]) => (
          <li key={key}>
            <Link href={paths.group(key)} className="link">
              {group[0]?.label}
            </Link>
            , {seedWords(group.map(({ seed }) => seed))}
          </li>
        ))}
      </ul>
    </div>
  );
}
