import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../testing/database.ts';
import { databaseBefore } from '../testing/old-database.ts';
import { applyMigrations } from './migrate.ts';

const MIGRATION = '20261128131000_measurements';

describe('from columns for each figure to measurements', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseBefore(MIGRATION);
    // As they were stored then: two networks, two epochs.
    for (const statement of [
      `INSERT INTO models (id, name, family) VALUES ('model_1', 'cnn', 'cnn')`,
      `INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
       VALUES ('data_1', 'd', 'sha256:' || repeat('a', 64), '[{"name":"rgb","shape":[16,16,3]}]', '[{"name":"a"},{"name":"b"}]', 400, 100)`,
      `INSERT INTO runs (id, dataset_id, method, label, spec, seed, group_key, execution, epochs, train_samples)
       VALUES ('run_1', 'data_1', 'MUTUAL', 'l', '{}', 1, repeat('0', 64), '{}', 2, 360)`,
      `INSERT INTO jobs (id, run_id, state, dataset_id, finished_at) VALUES ('job_1', 'run_1', 'SUCCEEDED', 'data_1', now())`,
      `INSERT INTO networks (id, run_id, index, role, model_id, view) SELECT 'net_' || n, 'run_1', n, 'PEER', 'model_1', 'rgb' FROM generate_series(0, 1) n`,
      `INSERT INTO epoch_metrics (run_id, epoch, network, revision, train_loss, train_terms, train_accuracy, learning_rate, images_per_second, seconds)
       SELECT 'run_1', e, n, e, 1, '{}', 0.5, 0.1, 100, 1 FROM generate_series(1, 2) e, generate_series(0, 1) n`,
    ])
      await database.query(statement);
    await database.query(`UPDATE networks SET validation_entropy = 0.5, test_entropy = 0.25 + index WHERE index = 0 OR index = 1`);
    await database.query(`UPDATE networks SET validation_entropy = NULL, withheld_accuracy = 0.125, bias_correction = -3.5,
      corrected_accuracy = 0.75, corrected_withheld_accuracy = 1 WHERE index = 1`);
    await database.query('UPDATE runs SET ensemble_validation_entropy = 1.5, disagreement = 0.0625');
    await database.query('UPDATE epoch_metrics SET train_entropy = epoch, validation_entropy = 0 WHERE network = 0');
    await database.query(`INSERT INTO cohort_metrics (run_id, epoch, revision, disagreement) SELECT id, 1, 1, 0.25 FROM runs`);
    await applyMigrations(database.url);
  });
  afterAll(() => database.drop());

  it('every value is kept: of which network, at which epoch, of what split, from which job', async () => {
    const rows = await database.query<Record<string, unknown>>('SELECT * FROM measurements ORDER BY epoch, network, measure, split');
    expect(new Set(rows.map(({ run_id, job_id, other }) => `${run_id} ${job_id} ${other}`))).toEqual(new Set(['run_1 job_1 -1']));
    expect(rows.map(({ epoch, network, measure, split, value }) => [epoch, network, measure, split, value])).toEqual([
      [0, -1, 'disagreement', 'TEST', 0.0625],
      [0, -1, 'entropy', 'VALIDATION', 1.5],
      [0, 0, 'entropy', 'TEST', 0.25],
      [0, 0, 'entropy', 'VALIDATION', 0.5],
      [0, 1, 'biasCorrection', 'VALIDATION', -3.5],
      [0, 1, 'correctedAccuracy', 'TEST', 0.75],
      [0, 1, 'correctedWithheldAccuracy', 'TEST', 1],
      [0, 1, 'entropy', 'TEST', 1.25],
      [0, 1, 'withheldAccuracy', 'TEST', 0.125],
      [1, -1, 'disagreement', 'VALIDATION', 0.25],
      [1, 0, 'entropy', 'TRAIN', 1],
      [1, 0, 'entropy', 'VALIDATION', 0],
      [2, 0, 'entropy', 'TRAIN', 2],
      [2, 0, 'entropy', 'VALIDATION', 0],
    ]);
  });

  it.each([
    ['a value beyond 32 bits', 'UPDATE measurements SET value = 1e39', 'measurements_value'],
    ['NaN', `UPDATE measurements SET value = 'NaN'`, 'measurements_value'],
    ['a split there is not', `UPDATE measurements SET split = 'DEV'`, 'measurements_split'],
    ['a pair of one network', 'UPDATE measurements SET other = network WHERE network = 1', 'measurements_subject'],
    ['a pair with the cohort', 'UPDATE measurements SET other = 1 WHERE network = -1', 'measurements_subject'],
    ['a figure of no run', `UPDATE measurements SET run_id = 'none'`, 'measurements_run_id_fkey'],
  ])('the database refuses %s', async (_what, sql, message) => {
    await expect(database.query(sql)).rejects.toThrow(new RegExp(message));
  });
});
