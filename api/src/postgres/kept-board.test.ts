import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../db.ts';
import { readGroups } from '../leaderboard/board.ts';
import { computeBoard } from '../testing/computed-board.ts';
import type { TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';
import { databaseBefore } from '../testing/old-database.ts';
import { applyMigrations } from './migrate.ts';

describe('from a computed board to a kept one', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseBefore('20261128150000_kept_board');
    await insertManyRuns(database, 45);
    await database.query(`UPDATE runs SET archived_at = now() WHERE seed = 4`);
    await applyMigrations(database.url);
  });
  afterAll(() => database.drop());

  it('all that was there has its rows', async () => {
    const db = connect(database.url);
    const computed = await computeBoard(db);
    const rows = await readGroups(db, [...new Set(computed.map(({ key }) => key))]);
    await db.$disconnect();
    const gains = (all: readonly (readonly [string, number | null, number, number | null | undefined])[]) =>
      all.map(([key, index, n, gain]) => `${key} ${index}: ${n} seeds, gain ${gain?.toFixed(9)}`).sort();
    expect(rows).toHaveLength(27);
    expect(gains(rows.map(({ group_key, index, n, validation_gain }) => [group_key, index, n, validation_gain?.mean]))).toEqual(
      gains(computed.map(({ key, index, n, gain }) => [key, index, n, gain])),
    );
  });
});
