import Link from 'next/link';
import type { DeckScale } from '@/generated/graphql.ts';
import { paths } from '@/lib/paths.ts';
import { StateGlyph, stateNames } from '@/ui/run-state.tsx';
import { latestRuns } from './latest-runs.ts';
import { scaleNames } from './scale.ts';
import type { Group } from './use-system.ts';

type Props = { slug: string; scale: DeckScale; group: Group };

/** A group's name, its seeds as ways to their runs, and a way to change it. */
export function GroupHead({ slug, scale, group }: Props) {
  const runs = latestRuns(group);
  return (
    <span className="flex min-h-7 flex-wrap items-center gap-x-3 gap-y-0.5">
      {group.groupKey !== null && group.runs.length > 0 ? (
        <Link href={paths.group(group.groupKey)} className="target font-medium hover:text-accent">
          {group.title}
        </Link>
      ) : (
        <span className="font-medium">{group.title}</span>
      )}
      <span className="flex flex-wrap gap-x-1 text-xs font-normal">
        {runs.map((run) => (
          <Link
            key={run.id}
            href={paths.run(run.id)}
            title={`Seed ${run.seed}: ${stateNames[run.state].toLowerCase()}`}
            className="inline-flex h-6 coarse:h-11 coarse:min-w-11 items-center gap-1 rounded-[2px] px-1.5 text-muted hover:bg-sunken hover:text-ink"
          >
            <StateGlyph state={run.state} /> <span className="sr-only">{stateNames[run.state]}, </span>seed {run.seed}
          </Link>
        ))}
        {runs.length === 0 ? <span className="text-faint">seeds {group.seeds.join(', ')}, not scheduled</span> : null}
      </span>
      <Link
        href={paths.schedule({ deck: slug, scale: scaleNames[scale].address, group: group.key })}
        aria-label={`Change and schedule ${group.title}`}
        title="Opens the form with this group’s settings, to be changed"
        className="target link ml-auto text-xs font-normal text-muted lg:ml-0"
      >
        change
      </Link>
    </span>
  );
}
