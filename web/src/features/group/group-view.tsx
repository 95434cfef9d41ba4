'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { methodNames } from '@/lib/methods.ts';
import { paths } from '@/lib/paths.ts';
import { AddSeeds } from '@/ui/add-seeds/add-seeds.tsx';
import { LinkButton } from '@/ui/button.tsx';
import { Notice } from '@/ui/notice.tsx';
import { PageHeader } from '@/ui/page-header.tsx';
import { RunSpec } from '@/ui/run-spec.tsx';
import { hasEnded } from '@/ui/run-state.tsx';
import { GroupRuns } from './group-runs.tsx';
import { GroupSeedCurves } from './group-seed-curves.tsx';
import { GroupVerdict } from './group-verdict.tsx';
import { useGroup } from './use-group.ts';

/** Everything about one group of seeds, live; `children` are its rows of the leaderboard, `analyses` what was asked of it. */
export function GroupView({ groupKey, analyses, children }: { groupKey: string; analyses: ReactNode; children: ReactNode }) {
  const { group, read } = useGroup(groupKey);
  if (!group) {
    return (
      <Notice className="mt-10" title="There is no such group" action={<LinkButton href={paths.leaderboard}>The leaderboard</LinkButton>}>
        All of its runs may have been deleted, or the address was cut short.
      </Notice>
    );
  }
  const [first] = group.runs;
  return (
    <>
      <PageHeader
        title={group.label}
        actions={
          <>
            <AddSeeds
              of={{ groupKey }}
              name={group.label}
              withTwins={group.method !== 'INDEPENDENT'}
              onAdded={() => void read().catch(() => {})}
            />
            {first ? <LinkButton href={paths.schedule({ clone: first.id })}>Clone</LinkButton> : null}
          </>
        }
      >
        <p className="flex flex-wrap gap-x-2 text-[0.8125rem]">
          <span>
            A group of seeds: {methodNames[group.method].name.toLowerCase()} on {group.dataset.name}
          </span>
          {group.experiments.map(({ id, slug, title }, place) => (
            <span key={id}>
              {place === 0 ? 'in ' : 'and '}
              <Link href={paths.experiment(slug)} className="link">
                {title}
              </Link>
            </span>
          ))}
        </p>
      </PageHeader>
      <GroupVerdict group={group} />
      {group.runs.length > 0 ? <div className="mt-8">{children}</div> : null}
      <div className="mt-10 grid gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="min-w-0 space-y-10">
          <GroupSeedCurves
            groupKey={groupKey}
            method={group.method}
            twinKey={group.twin?.groupKey ?? null}
            pending={group.runs.some(({ state }) => !hasEnded(state))}
          />
          {analyses}
          <GroupRuns group={group} />
        </div>
        <div className="min-w-0">
          <RunSpec spec={group.spec} execution={group.execution} fingerprint={null} teachers={group.teachers} ofGroup />
        </div>
      </div>
    </>
  );
}
