import { insertManyRuns } from '../../../api/src/testing/many-runs.ts';
import type { Database } from './database.ts';

/**
 * Finished runs with twins, in two datasets and fifty experiments and with twelve models, each network with a measure beyond its columns.
 * In one transaction: what is kept of runs is made once.
 */
export async function fill(database: Database, runs: number, epochs: number): Promise<void> {
  await database.query('BEGIN');
  await insertManyRuns(database, runs, epochs);
  await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
    SELECT 'data_2', 'shapes-24', 'sha256:' || repeat('b', 64), views, classes, train_size, test_size FROM datasets`);
  await database.query(`INSERT INTO models (id, name, family) SELECT 'model_' || i, 'mlp-' || i, 'mlp' FROM generate_series(3, 12) i`);
  await database.query(`INSERT INTO experiments (id, slug, title)
    SELECT 'exp_' || i, 'question-' || i, 'Question ' || i FROM generate_series(0, 49) i`);
  // Of three groups that are each other's twins.
  const cohort = 'substr(cohort_twin_key, 8)::int';
  await database.query(`UPDATE runs SET experiment_id = 'exp_' || ${cohort} % 50, dataset_id = 'data_' || ${cohort} % 4 / 3 + 1`);
  await database.query('UPDATE jobs SET dataset_id = r.dataset_id FROM runs r WHERE r.id = run_id AND r.dataset_id <> jobs.dataset_id');
  const twin = 'substr(twin_key, 6)::int';
  await database.query(`UPDATE networks SET model_id = 'model_' || ${twin} % 12 + 1, parameters = 1 + ${twin} % 1000`);
  await database.query(`INSERT INTO measurements (run_id, network, measure, split, value)
    SELECT run_id, index, 'entropy', 'VALIDATION', random() FROM networks`);
  await database.query('COMMIT');
  await database.query('VACUUM ANALYZE');
}
