import Link from 'next/link';
import type { RunState } from '@/generated/graphql.ts';
import { percent } from '@/lib/format/number.ts';
import { paths } from '@/lib/paths.ts';
import { StateGlyph, stateNames } from '@/ui/run-state.tsx';
import type { RunFacts } from './use-run.ts';

type Props = { seed: number; state: RunState; siblings: RunFacts['siblings']; groupKey: string };

/** Seeds that fit beside a run's progress. */
const mostShown = 12;

/** The same spec under its other seeds, with this run among them. */
export function RunSiblings({ seed, state, siblings, groupKey }: Props) {
  const others = siblings.map((run) => ({
    id: run.id as string | null,
    seed: run.seed,
    state: run.state,
    accuracy: run.networks.find((network) => network.index === 0)?.result?.validationAccuracy,
  }));
  const all = [...others, { id: null, seed, state, accuracy: undefined }].toSorted((one, other) => one.seed - other.seed);
  const here = all.findIndex(({ id }) => id === null);
  // This run stands among them, wherever its seed is.
  const from = Math.max(0, Math.min(here - mostShown / 2, all.length - mostShown));
  return (
    <nav aria-label="Seeds of this group" className="flex flex-wrap items-center gap-1 text-xs">
      <Link href={paths.group(groupKey)} className="link mr-1 text-muted">
        Group
      </Link>
      {all.slice(from, from + mostShown).map((run) =>
        run.id === null ? (
          <span
            key="this"
            aria-current="page"
            className="inline-flex h-6 items-center gap-1 rounded-[2px] bg-accent-soft px-1.5 font-medium"
          >
            <StateGlyph state={run.state} /> seed {run.seed}
          </span>
        ) : (
          <Link
            key={run.id}
            href={paths.run(run.id)}
            title={`${stateNames[run.state]}${run.accuracy == null ? '' : `, ${percent(run.accuracy)} % validation`}`}
            className="inline-flex h-6 items-center gap-1 rounded-[2px] px-1.5 text-muted hover:bg-sunken hover:text-ink"
          >
            <StateGlyph state={run.state} /> seed {run.seed}
          </Link>
        ),
      )}
      {all.length > mostShown ? (
        <Link href={paths.group(groupKey)} className="link text-muted">
          and {all.length - mostShown} more
        </Link>
      ) : null}
    </nav>
  );
}
