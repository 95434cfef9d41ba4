import { systems } from '@studyhall/contract/deck/systems.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingApi, countingApi } from '../testing/counting.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';

/** All that a page could ask of a run in a list. */
const everything = `
  id label state priority queuePosition reason attempt attempts { attempt trainer { name } } progress { step etaSeconds }
  experiment { slug } dataset { name trainers { name } } networks { index model { name runCount } softLabels result { validationAccuracy } measurements { value } }
  cohort { disagreement } teachers { network run { id label } } siblings { id seed state } counts metrics { epochs { epoch trainLoss trainEntropy measurements { value } } cohort { epoch } series { values } }
  artifacts { kind bytes } cancelRequested`;

describe('the number of SQL statements', () => {
  let database: TestDatabase;
  let api: CountingApi;
  beforeAll(async () => {
    database = await createTestDatabase();
    await insertManyRuns(database, 5000);
    api = countingApi(database.url);
  });
  afterAll(async () => {
    await api.close();
    await database.drop();
  });

  it.each([
    ['runs', `query ($first: Int) { runs(first: $first) { totalCount edges { cursor node { ${everything} } } } }`],
    [
      'leaderboard',
      `query ($first: Int) { leaderboard(first: $first) { edges { node { label models validationAccuracy { mean sd n } validationEntropy { mean } measurements { statistic { mean } } points { seed testEntropy }
         dataset { name runCount } experiment { slug counts { total } } runs { id state progress { step } networks { model { name } } } } } } }`,
    ],
    ['models', 'query ($first: Int) { models { name runCount } runs(first: $first) { totalCount } }'],
  ])('does not grow with the length of a page of %s', async (_name, query) => {
    const short = await api.run(query, { first: 2 });
    const long = await api.run(query, { first: 40 });
    expect(long.statements.length, long.statements.join('\n')).toBe(short.statements.length);
    expect(long.statements.length).toBeLessThan(30);
  });

  it('is the same for one system of the deck and for all of them', async () => {
    const fields = 'presets { problem counts { total } conclusions { verdict } groups { results { network runIds } } }';
    const all = await api.run(`{ deckSystems { ${fields} } }`);
    const one = await api.run(`{ deckSystem(slug: "mutual") { ${fields} } }`);
    expect(all.data).toMatchObject({ deckSystems: { length: systems.length } });
    expect(all.statements.length, all.statements.join('\n')).toBe(one.statements.length);
    expect(all.statements.length).toBeLessThan(10);
  });

  it('and the time they take stays small with 5,000 runs', async () => {
    await api.run('{ leaderboard(first: 50) { totalCount } }');
    const board = await api.run(
      '{ leaderboard(first: 50, sort: VALIDATION_GAIN) { totalCount edges { node { label validationGain { mean sd n } } } } }',
    );
    const runs = await api.run('{ runs(first: 50) { totalCount edges { node { label state } } } }');
    console.log(`5,000 runs: leaderboard ${board.ms.toFixed(0)} ms, runs ${runs.ms.toFixed(0)} ms`);
    expect(board.data).toMatchObject({ leaderboard: { totalCount: 3000 } });
    expect(board.ms).toBeLessThan(2000);
    expect(runs.ms).toBeLessThan(1000);
  });
});
