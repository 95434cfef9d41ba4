import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { insertManyRuns } from '../testing/many-runs.ts';

const claimedTwice = `
  INSERT INTO trainers (id, key, name, host, engines, device, slots, version) VALUES ('t', 'k', 'n', 'h', '{a}', 'd', 1, '1');
  INSERT INTO attempts (job_id, attempt, trainer_id, trainer_name, claim_id) SELECT id, 1, 't', 'n', 'c' FROM jobs LIMIT 2`;

describe('the database itself refuses', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
    await insertManyRuns(database, 5);
  });
  afterAll(() => database.drop());

  it.each([
    ['a run beyond its epochs', 'UPDATE runs SET epochs_done = 11', 'runs_epochs'],
    ['a negative seed', 'UPDATE runs SET seed = -1', 'runs_seed'],
    ['a run that teaches itself', 'INSERT INTO run_teachers SELECT id, 0, id, 0 FROM runs LIMIT 1', 'run_teachers_other'],
    ['a ninth teacher', 'INSERT INTO run_teachers SELECT id, 8, NULL, 0 FROM runs LIMIT 1', 'run_teachers_place'],
    ['an ensemble accuracy of 61', 'UPDATE runs SET ensemble_test_accuracy = 61', 'runs_ensemble'],
    ['a group key that is no hash', `UPDATE runs SET group_key = 'x'`, 'runs_group_key'],
    ['a job that runs without a lease', `UPDATE jobs SET state = 'RUNNING', finished_at = NULL`, 'jobs_lease'],
    ['a lease on a job that does not run', 'UPDATE jobs SET lease_expires_at = now()', 'jobs_lease'],
    ['an ended job without its end', 'UPDATE jobs SET finished_at = NULL', 'jobs_finished'],
    ['a state there is not', `UPDATE jobs SET state = 'DONE'`, 'job_state'],
    ['a priority of 101', 'UPDATE jobs SET priority = 101', 'jobs_priority'],
    ['a cancel of a job that does not run', 'UPDATE jobs SET cancel_requested = true', 'jobs_cancel'],
    ['two jobs for one run', `INSERT INTO jobs SELECT 'job_x', kind, run_id FROM jobs LIMIT 1`, 'null value|jobs_run_id_key'],
    ['a TRAIN job without a run', 'UPDATE jobs SET run_id = NULL', 'jobs_kind'],
    ['a stall limit of nothing', 'UPDATE jobs SET stall_seconds = 0', 'jobs_stall'],
    ['two attempts by one claim', claimedTwice, 'attempts_trainer_id_claim_id_key'],
    ['NaN as an accuracy', `UPDATE networks SET test_accuracy = 'NaN'`, 'networks_accuracies'],
    ['infinity as a loss', `UPDATE epoch_metrics SET validation_loss = 'Infinity'`, 'epoch_metrics_finite'],
    ['epoch 0', 'UPDATE epoch_metrics SET epoch = 0 WHERE epoch = 1', 'epoch_metrics_place'],
    ['a second row of one epoch', 'INSERT INTO epoch_metrics SELECT * FROM epoch_metrics LIMIT 1', 'epoch_metrics_pkey'],
    ['a network of no run', `UPDATE networks SET run_id = 'run_none' WHERE id = 'net_run_000000000'`, 'networks_run_id_fkey'],
    ['a dataset without views', `UPDATE datasets SET views = '[]'`, 'datasets_views'],
    ['a hash that is none', `UPDATE datasets SET hash = 'abc'`, 'datasets_hash'],
    ['an experiment without a title', `INSERT INTO experiments (id, slug, title) VALUES ('e', 'e', '')`, 'experiments_title'],
    ['a slug with spaces', `INSERT INTO experiments (id, slug, title) VALUES ('e', 'a b', 'T')`, 'experiments_slug'],
    [
      'a trainer with 65 slots',
      `INSERT INTO trainers (id, key, name, host, engines, device, slots, version) VALUES ('t', 'k', 'n', 'h', '{a}', 'd', 65, '1')`,
      'trainers_slots',
    ],
  ])('%s', async (_what, sql, message) => {
    await expect(database.query(sql)).rejects.toThrow(new RegExp(message));
  });
});
