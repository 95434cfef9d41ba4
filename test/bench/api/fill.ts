import { insertManyRuns } from '../../../api/src/testing/many-runs.ts';
import type { Database } from './house.ts';

/** Finished runs with twins, in two datasets, fifty experiments and with twelve models, each network with a measure beyond its columns. */
export async function fill(database: Database, runs: number, epochs: number): Promise<void> {
  await insertManyRuns(database, runs, epochs);
  const triple = `substr(cohort_twin_key, 8)::int`;
  await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
    SELECT 'data_2', 'shapes-24', 'sha256:' || repeat('b', 64), views, classes, train_size, test_size FROM datasets`);
  await database.query(`INSERT INTO models (id, name, family) SELECT 'model_' || i, 'mlp-' || i, 'mlp' FROM generate_series(3, 12) i`);
  await database.query(`INSERT INTO experiments (id, slug, title)
    SELECT 'exp_' || i, 'question-' || i, 'Question ' || i FROM generate_series(0, 49) i`);
  await database.query(`UPDATE runs SET experiment_id = 'exp_' || ${triple} % 50, dataset_id = 'data_' || ${triple} % 4 / 3 + 1`);
  await database.query(`UPDATE jobs SET dataset_id = r.dataset_id FROM runs r WHERE r.id = run_id AND r.dataset_id <> jobs.dataset_id`);
  await database.query(
    `UPDATE networks SET model_id = 'model_' || substr(twin_key, 6)::int % 12 + 1, parameters = substr(twin_key, 6)::int % 1000 + 1`,
  );
  await database.query(`INSERT INTO measurements (run_id, network, measure, split, value)
    SELECT run_id, index, 'entropy', 'VALIDATION', random() FROM networks`);
  // As autovacuum leaves it in time.
  for (const table of ['runs', 'jobs', 'networks']) await database.query(`VACUUM FULL ${table}`);
  await database.query('VACUUM ANALYZE');
}
