import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import type { RowsPlace } from './kept-rows.ts';
import { RowAnswers, type RowsState } from './row-answers.ts';

type Row = { name: string };
const [a, b, c]: [Row, Row, Row] = [{ name: 'a' }, { name: 'b' }, { name: 'c' }];
const state = (...rows: Row[]): RowsState => ({ edges: rows.map((node, i) => ({ cursor: `${i}`, node })) });
const place: RowsPlace = {
  field: 'board',
  edges: 'list',
  edge: [
    { name: 'at', of: 'cursor' },
    { name: 'row', of: 'node' },
  ],
  question: 'q',
};

/** An answer as GraphQL gives it, and which rows were answered. */
function answering() {
  const rows: string[] = [];
  const answer = async ({ edges }: RowsState): Promise<ExecutionResult> => {
    rows.push(edges.map(({ node }) => (node as Row).name).join(''));
    return { data: { board: { total: 3, list: edges.map(({ cursor, node }) => ({ at: cursor, row: { of: (node as Row).name } })) } } };
  };
  return { rows, answer };
}

const listed = ({ data }: ExecutionResult) =>
  (data as { board: { list: { at: string; row: { of: string } }[] } }).board.list.map(({ at, row }) => `${at}${row.of}`).join(' ');

it('a row is answered once, wherever it stands, and comes in the whole as the very same answer', async () => {
  const answers = new RowAnswers();
  const { rows, answer } = answering();
  const first = await answers.give(state(a, b), place, answer);
  const second = await answers.give(state(c, b, a), place, answer);
  expect(rows).toEqual(['ab', 'c']);
  expect([listed(first), listed(second)]).toEqual(['0a 1b', '0c 1b 2a']);
  expect(second.data).toMatchObject({ board: { total: 3 } });
  expect(Object.keys((second.data as { board: { list: object[] } }).board.list[0] ?? {})).toEqual(['at', 'row']);
  const rowOf = ({ data }: ExecutionResult, i: number) => (data as { board: { list: { row: object }[] } }).board.list[i]?.row;
  expect(rowOf(second, 1)).toBe(rowOf(first, 1));
});

it('another object is another row, another question another answer', async () => {
  const answers = new RowAnswers();
  const { rows, answer } = answering();
  await answers.give(state(a, b), place, answer);
  await answers.give(state({ ...a }, b), place, answer);
  await answers.give(state(a, b), { ...place, question: 'another' }, answer);
  expect(rows).toEqual(['ab', 'a', 'ab']);
});

it('an answer with errors is given whole, so that they name their places in it, and nothing of it is kept', async () => {
  const answers = new RowAnswers();
  const { rows, answer } = answering();
  await answers.give(state(a), place, answer);
  const failing = async (asked: RowsState): Promise<ExecutionResult> => ({ ...(await answer(asked)), errors: [] });
  expect(listed(await answers.give(state(a, b), place, failing))).toBe('0a 1b');
  await answers.give(state(a, b), place, answer);
  expect(rows).toEqual(['a', 'b', 'ab', 'b']);
});

it('a row keeps the answers of few questions, and whoever asks others meanwhile changes nothing of an answer', async () => {
  const answers = new RowAnswers();
  const { rows, answer } = answering();
  await answers.give(state(a), place, answer);
  const others = [1, 2, 3, 4, 5].map((i) => ({ ...place, question: `other ${i}` }));
  const whole = await answers.give(state(a, b), place, async (asked) => {
    for (const other of others) await answers.give(state(a), other, answer);
    return answer(asked);
  });
  expect(listed(whole)).toBe('0a 1b');
  rows.length = 0;
  await answers.give(state(a, b), place, answer);
  expect(rows).toEqual(['a']);
});
