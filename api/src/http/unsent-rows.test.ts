import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';
import { unsentRows } from './unsent-rows.ts';

const state = (...rows: [id: string, n: number][]): ExecutionResult => ({
  data: { board: { rowIds: rows.map(([id]) => id), edges: rows.map(([id, n]) => ({ node: { id, n } })) } },
});

async function* states(...all: ExecutionResult[]): AsyncGenerator<ExecutionResult, void> {
  yield* all;
}

it('of each state a viewer gets the rows that it was not sent before, as they are now', async () => {
  const all = [
    state(['a', 1], ['b', 1], ['c', 1]),
    state(['b', 1], ['a', 2], ['c', 1]),
    state(['b', 1], ['a', 2]),
    { errors: [] },
    state(['c', 1], ['b', 1], ['a', 2]),
  ];
  const seen: unknown[] = [];
  for await (const { data } of unsentRows(states(...all) as AsyncIterableIterator<ExecutionResult>, 'board')) {
    const board = data?.board as { rowIds: string[]; edges: { node: { id: string; n: number } }[] } | undefined;
    seen.push(board && [board.rowIds.join(''), board.edges.map(({ node }) => `${node.id}${node.n}`).join(' ')]);
  }
  // What was gone for a while is sent again.
  expect(seen).toEqual([['abc', 'a1 b1 c1'], ['bac', 'a2'], ['ba', ''], undefined, ['cba', 'c1']]);
});

const suite = useApi();

it('viewers of one leaderboard are each sent the whole page first, and then the rows that change', async () => {
  const trainer = await TestTrainer.join(suite.api);
  for (const seed of [1, 2]) await schedule(suite.api, { ...smallSpec, training: { epochs: seed } }, [seed]);
  type Board = { board: { rowIds: string[]; edges: { node: { groupKey: string; n: number } }[] } };
  const watch = () =>
    suite.api.subscribe<Board>('subscription { board: leaderboardChanged(sort: LABEL) { rowIds edges { node { groupKey n } } } }');
  const early = watch();
  const first = (await early.next()).board;
  expect(first.edges).toHaveLength(2);
  const claim = await trainer.claimOrFail();
  await trainer.complete(claim, [0.5]);
  const changed = await early.until(({ board }) => board.edges.some(({ node }) => node.n === 1));
  expect(changed.board.edges).toHaveLength(1);
  expect(changed.board.rowIds).toEqual(first.rowIds);
  const late = (await watch().next()).board;
  expect([late.rowIds, late.edges.map(({ node }) => node.n).sort()]).toEqual([first.rowIds, [0, 1]]);
});
