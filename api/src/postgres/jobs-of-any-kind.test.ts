import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../testing/database.ts';
import { databaseBefore } from '../testing/old-database.ts';
import { applyMigrations } from './migrate.ts';

const migration = '20261128120000_jobs_of_any_kind';

/** Two runs as the versions before stored them: log and artifacts in their own name. */
const stored = `
  INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
    VALUES ('data_1', 'd', 'sha256:' || repeat('a', 64), '[{"name":"rgb","shape":[16,16,3]}]', '[{"name":"a"},{"name":"b"}]', 400, 100);
  INSERT INTO runs (id, dataset_id, method, label, spec, seed, group_key, execution, epochs, train_samples, log_seq)
    VALUES ('run_1', 'data_1', 'INDEPENDENT', 'l', '{}', 1, repeat('0', 64), '{"engine":"AUTO","checkpointEvery":5,"maxFailures":3}', 10, 360, 3),
      ('run_2', 'data_1', 'INDEPENDENT', 'l', '{}', 2, repeat('0', 64), '{}', 10, 360, 0);
  INSERT INTO jobs (id, run_id, state, dataset_id, attempt, failures) VALUES
    ('job_1', 'run_1', 'QUEUED', 'data_1', 2, 1), ('job_2', 'run_2', 'QUEUED', 'data_1', 0, 0);
  INSERT INTO attempts (job_id, attempt, trainer_name, ended_at, outcome) VALUES
    ('job_1', 1, 'a', now(), 'LAPSED'), ('job_1', 2, 'b', now(), 'HANDED_BACK');
  INSERT INTO log_lines (run_id, seq, attempt, key, at, level, text) VALUES
    ('run_1', 2, 1, 1, now(), 'INFO', 'one'), ('run_1', 3, 2, 1, now(), 'WARN', 'two');
  INSERT INTO artifacts (sha256, bytes) VALUES (repeat('1', 64), 10), (repeat('2', 64), 20);
  INSERT INTO run_artifacts (id, run_id, kind, network, epoch, attempt, sha256) VALUES
    ('art_1', 'run_1', 'RESUME_STATE', NULL, 5, 2, repeat('1', 64)), ('art_2', 'run_1', 'FINAL_WEIGHTS', 0, 5, 1, repeat('2', 64))`;

describe('from a run’s log and artifacts to its job’s', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseBefore(migration);
    await database.query(stored);
    await applyMigrations(database.url);
  });
  afterAll(() => database.drop());

  it('every line is kept in its place, and the next one follows them', async () => {
    expect(await database.query('SELECT job_id, seq, attempt, key, level, text FROM log_lines ORDER BY seq')).toEqual([
      { job_id: 'job_1', seq: 2, attempt: 1, key: 1, level: 'INFO', text: 'one' },
      { job_id: 'job_1', seq: 3, attempt: 2, key: 1, level: 'WARN', text: 'two' },
    ]);
    expect(await database.query('SELECT id, log_seq FROM jobs ORDER BY id')).toEqual([
      { id: 'job_1', log_seq: 3 },
      { id: 'job_2', log_seq: 0 },
    ]);
  });

  it('every artifact is kept, and one of its kind and network stays the only one', async () => {
    expect(await database.query('SELECT id, job_id, kind, network, epoch, attempt FROM job_artifacts ORDER BY id')).toEqual([
      { id: 'art_1', job_id: 'job_1', kind: 'RESUME_STATE', network: null, epoch: 5, attempt: 2 },
      { id: 'art_2', job_id: 'job_1', kind: 'FINAL_WEIGHTS', network: 0, epoch: 5, attempt: 1 },
    ]);
    const again = `INSERT INTO job_artifacts SELECT 'art_3', job_id, kind, network, epoch, attempt, teacher_epoch, sha256 FROM job_artifacts WHERE id = 'art_1'`;
    await expect(database.query(again)).rejects.toThrow('job_artifacts_job_id_kind_network_key');
  });

  it('attempts and failures stand as they stood; a job knows what its run was scheduled with', async () => {
    expect(await database.query('SELECT attempt, trainer_name, outcome FROM attempts ORDER BY attempt')).toEqual([
      { attempt: 1, trainer_name: 'a', outcome: 'LAPSED' },
      { attempt: 2, trainer_name: 'b', outcome: 'HANDED_BACK' },
    ]);
    expect(await database.query('SELECT attempt, failures, payload, stall_seconds FROM jobs ORDER BY id')).toEqual([
      { attempt: 2, failures: 1, payload: { checkpointEvery: 5 }, stall_seconds: null },
      { attempt: 0, failures: 0, payload: { checkpointEvery: 1 }, stall_seconds: null },
    ]);
  });

  it('with a run go its job, log and artifacts', async () => {
    await database.query(`DELETE FROM runs WHERE id = 'run_1'`);
    const [left] = await database.query(
      'SELECT (SELECT count(*)::int FROM jobs) AS jobs, (SELECT count(*)::int FROM log_lines) AS lines, (SELECT count(*)::int FROM job_artifacts) AS artifacts',
    );
    expect(left).toEqual({ jobs: 1, lines: 0, artifacts: 0 });
  });
});
