import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase } from '../../../api/src/testing/database.ts';
import { type MeasuredHouse, openHouse } from './house.ts';
import { measureParts } from './measure.ts';
import { readOptions } from './options.ts';
import { boardQuestions, documents } from './questions.ts';
import { tableOf } from './table.ts';

const [runs, epochs] = [60, 2];

let house: MeasuredHouse;
beforeAll(async () => {
  house = await openHouse(await createTestDatabase(), runs, epochs);
});
afterAll(async () => {
  await house.close();
  await house.database.drop();
});

type Board = { leaderboard: { totalCount: number; edges: { node: Record<string, unknown> }[] } };

it('asks questions that its runs answer', async () => {
  const board = async (question: string) =>
    (await house.api.ask<Board>(documents.leaderboard, { ...boardQuestions[question] })).leaderboard;
  // Of each group two networks and their ensemble.
  expect((await board('by validation accuracy')).totalCount).toBe((runs / 5) * 3);
  expect((await board('by gain')).edges[0]?.node.validationGain).toMatchObject({ n: 5 });
  const [best] = (await board('by a further measure')).edges;
  expect(best?.node.measurements).toMatchObject([{ measure: { name: 'entropy' }, statistic: { n: 5 } }]);
  for (const filtered of ['of a dataset and method', 'of two models']) {
    const { totalCount } = await board(filtered);
    expect(totalCount, filtered).toBeGreaterThan(0);
    expect(totalCount, filtered).toBeLessThan((runs / 5) * 3);
  }
});

it('measures every part, and says so of those it cannot', async () => {
  const small = ['--seconds', '0.1', '--subscribers', '6', '--viewers', '3', '--trainers', '2', '--no-mlflow'];
  const options = readOptions([...small, '--only', 'leaderboard,rows,subscribers,viewers']);
  if (!options) throw new Error('help was not asked for');
  const report = await measureParts(house, options, null, epochs * 2, () => {});
  expect(report.failed).toEqual({});
  expect(report.mlflow).toBeNull();
  const { questions = {}, p95 = Number.NaN } = report.leaderboard ?? {};
  expect(Object.keys(questions)).toEqual(Object.keys(boardQuestions));
  expect(p95).toBeGreaterThan(0);
  expect(report.runsList?.p95).toBeGreaterThan(0);
  for (const rows of Object.values(report.rowsPerSecond ?? { none: 0 })) expect(rows).toBeGreaterThan(0);
  expect(report.subscribers).toMatchObject({ subscribers: 6, missed: 0, errors: 0 });
  expect(report.viewers).toMatchObject([{ viewers: 3, missed: 0, errors: 0 }]);
  expect(tableOf(report)).toMatch(/a page of the runs list +[\d.]+ \/ [\d.]+ ms/);
});
