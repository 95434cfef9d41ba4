import type { LeaderboardRowFieldsFragment as Row } from '@/generated/graphql.ts';

const states = ['running', 'queued', 'blocked', 'failed', 'cancelled'] as const;

/** Where the runs of groups are that have not succeeded: `2 running, 1 failed`. */
export function stateTally(counts: readonly Pick<Row['counts'], (typeof states)[number]>[]): string {
  const parts = states.flatMap((state) => {
    const sum = counts.reduce((total, each) => total + each[state], 0);
    return sum > 0 ? [`${sum} ${state}`] : [];
  });
  return parts.join(', ') || 'not reported';
}
