import { createParser } from 'nuqs/server';
import type { LeaderboardQueryVariables, Split } from '@/generated/graphql.ts';

/** A further column of the leaderboard: a measure on a split. */
export type Column = { measure: string; split: Split };

const splits: readonly Split[] = ['TRAIN', 'VALIDATION', 'TEST'];

/** As an address holds it: `entropy.validation`. */
export const parseAsColumn = createParser<Column>({
  parse: (text) => {
    const [measure = '', on, ...rest] = text.split('.');
    const split = splits.find((one) => one.toLowerCase() === on);
    return split && rest.length === 0 && /^[a-z][A-Za-z0-9]*$/.test(measure) ? { measure, split } : null;
  },
  serialize: ({ measure, split }) => `${measure}.${split.toLowerCase()}`,
  eq: (one, other) => one.measure === other.measure && one.split === other.split,
});

/** What the query asks for a column, and, where rows are put in order by it, what that is. */
export function columnVariables(column: Column | null, sorted: boolean): Partial<LeaderboardQueryVariables> {
  if (!column) return {};
  return { withColumn: true, ...column, ...(sorted ? { by: column } : {}) };
}
