import type { ListedExperimentFragment, RunState } from '@/generated/graphql.ts';
import { wholeNumber } from '@/lib/format/number.ts';
import { StateGlyph, stateNames } from './run-state.tsx';

type Counts = ListedExperimentFragment['counts'];

const order: [RunState, keyof Counts][] = [
  ['RUNNING', 'running'],
  ['QUEUED', 'queued'],
  ['BLOCKED', 'blocked'],
  ['SUCCEEDED', 'succeeded'],
  ['FAILED', 'failed'],
  ['CANCELLED', 'cancelled'],
];

/** How many runs stand where, by the marks of their states, and how many more are archived. */
export function CountsLine({ counts, archived = 0 }: { counts: Counts; archived?: number }) {
  if (counts.total === 0) return <p className="text-xs text-muted">{archived > 0 ? `${wholeNumber(archived)} archived` : 'no runs yet'}</p>;
  return (
    <ul className="flex flex-wrap items-center gap-x-3 text-xs" aria-label={`${wholeNumber(counts.total)} runs`}>
      {order.map(([state, name]) =>
        counts[name] > 0 ? (
          <li key={state} className="inline-flex items-center gap-1">
            <StateGlyph state={state} />
            {wholeNumber(counts[name])} <span className="text-muted">{stateNames[state].toLowerCase()}</span>
          </li>
        ) : null,
      )}
      {archived > 0 ? <li className="text-muted">{wholeNumber(archived)} archived</li> : null}
    </ul>
  );
}
