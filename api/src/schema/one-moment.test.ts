import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CountingApi, countingApi } from '../testing/counting.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';
import { untilSomebodyWaits } from '../testing/waiting.ts';

describe('what ends while it is read is read as of one moment', () => {
  let database: TestDatabase;
  /** Nothing else uses the database: who waits there is who was asked. */
  let api: CountingApi;
  beforeAll(async () => {
    database = await createTestDatabase();
    await insertManyRuns(database, 1, 1);
    api = countingApi(database.url);
  });
  afterAll(async () => {
    await api.close();
    await database.drop();
  });

  /** Asks, and ends run and analysis once the answer's first statement has read its record, and the one about its job waits. */
  const askWhileItEnds = async (query: string) => {
    await database.query(`UPDATE runs SET ensemble_test_accuracy = NULL, ensemble_validation_accuracy = NULL`);
    await database.query(`DELETE FROM analyses`);
    await database.query(`UPDATE jobs SET state = 'QUEUED', started_at = NULL, finished_at = NULL`);
    await database.query(
      `INSERT INTO analyses (id, kind, question, identity, dataset_id) VALUES ('ana_1', 'FLATNESS', '{}', 'one', 'data_1')`,
    );
    await database.query(
      `INSERT INTO jobs (id, kind, analysis_id, state, dataset_id) VALUES ('job_1', 'ANALYSE', 'ana_1', 'QUEUED', 'data_1')`,
    );

    await database.query('BEGIN');
    await database.query('LOCK TABLE jobs');
    const asked = api.run(query);
    await untilSomebodyWaits(database);
    await database.query(`UPDATE runs SET ensemble_test_accuracy = 0.5, ensemble_validation_accuracy = 0.5`);
    await database.query(`UPDATE analyses SET result = '{"figures":[],"charts":[],"tables":[],"maps":[],"notes":["Said."]}'`);
    await database.query(`UPDATE jobs SET state = 'SUCCEEDED', finished_at = now()`);
    await database.query('COMMIT');
    return (await asked).data;
  };
  it('a run', async () => {
    expect(await askWhileItEnds('{ run(id: "run_00000000") { state cohort { ensembleTestAccuracy } } }')).toEqual({
      run: { state: 'QUEUED', cohort: null },
    });
  });

  it('an analysis', async () => {
    expect(await askWhileItEnds('{ analysis(id: "ana_1") { state result { notes } } }')).toEqual({
      analysis: { state: 'QUEUED', result: null },
    });
  });
});
