import { expect, it } from 'vitest';
import type { LeaderboardChangedSubscription, LeaderboardQuery } from '@/generated/graphql.ts';
import { wholePage } from './whole-page.ts';

const edges = (rows: Record<string, number>) => Object.entries(rows).map(([id, n]) => ({ cursor: id, node: { id, n } }));
const message = (rowIds: string, rows: Record<string, number>) =>
  ({ leaderboardChanged: { totalCount: 9, rowIds: [...rowIds], edges: edges(rows) } }) as unknown as LeaderboardChangedSubscription;
const page = (rows: Record<string, number>) => ({ leaderboard: { totalCount: 1, edges: edges(rows) } }) as unknown as LeaderboardQuery;
const shown = (found: LeaderboardQuery | null) =>
  found?.leaderboard.edges.map(({ node }) => Object.values(node as unknown as { id: string; n: number }).join('')).join(' ');

it('a page is made up of what is known and what is new, in the order that is told', () => {
  const whole = wholePage(message('cab', { a: 2 }), page({ a: 1, b: 1, c: 1, gone: 1 }));
  expect(shown(whole)).toBe('c1 a2 b1');
  expect(whole?.leaderboard.totalCount).toBe(9);
  expect(shown(wholePage(message('ab', { a: 1, b: 1 }), null))).toBe('a1 b1');
  expect(shown(wholePage(message('', {}), page({ a: 1 })))).toBe('');
});

it('one of whose rows nobody knows is asked for anew', () => {
  expect(wholePage(message('ab', { a: 2 }), page({ a: 1 }))).toBeNull();
  expect(wholePage(message('a', {}), null)).toBeNull();
});
