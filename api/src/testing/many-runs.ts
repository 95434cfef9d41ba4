import type { TestDatabase } from './database.ts';

/**
 * Fills a database with finished runs, straight in SQL: groups of five seeds, a third each of INDEPENDENT, DISTILLATION and MUTUAL, two
 * networks each, which have twins among the INDEPENDENT ones.
 *
 * @param epochs rows of each network.
 */
export async function insertManyRuns(database: Pick<TestDatabase, 'query'>, runs: number, epochs = 10): Promise<void> {
  await database.query(`INSERT INTO models (id, name, family) VALUES ('model_1', 'cnn', 'cnn'), ('model_2', 'resnet-8', 'resnet')`);
  await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
    VALUES ('data_1', 'shapes-16', 'sha256:' || repeat('a', 64), '[{"name":"rgb","shape":[16,16,3]}]', '[{"name":"a"},{"name":"b"}]', 4000, 1000)`);
  await database.query(
    `INSERT INTO runs (id, dataset_id, method, label, spec, seed, group_key, execution, epochs, epochs_done, train_samples, revision,
       cohort_twin_key, ensemble_validation_accuracy, ensemble_test_accuracy, created_at)
     SELECT 'run_' || lpad(i::text, 8, '0'), 'data_1', (ARRAY['INDEPENDENT', 'DISTILLATION', 'MUTUAL'])[(i / 5) % 3 + 1]::method,
       'Run of group ' || i / 5, '{"training":{"batchSize":64}}', i % 5, encode(sha256((i / 5)::text::bytea), 'hex'), '{}', $2, $2, 3600, $2 + 2,
       'cohort ' || i / 15, 0.5 + random() / 4, 0.5 + random() / 4, now() - make_interval(secs => $1 - i)
     FROM generate_series(0, $1 - 1) i`,
    [runs, epochs],
  );
  await database.query(
    `INSERT INTO networks (id, run_id, index, role, model_id, view, parameters, twin_key, selected_epoch, validation_accuracy, test_accuracy)
     SELECT 'net_' || r.id || n, r.id, n, (CASE r.method WHEN 'MUTUAL' THEN 'PEER' ELSE 'STUDENT' END)::network_role, 'model_' || (n + 1), 'rgb', 10000, 'twin ' || substr(r.cohort_twin_key, 8) || n, r.epochs,
       0.5 + random() / 4, 0.5 + random() / 4
     FROM runs r, generate_series(0, 1) n`,
  );
  await database.query(
    `INSERT INTO jobs (id, run_id, state, dataset_id, attempt, created_at, started_at, finished_at)
     SELECT 'job_' || id, id, 'SUCCEEDED', dataset_id, 1, created_at, created_at, created_at + interval '1 minute' FROM runs`,
  );
  await database.query(
    `INSERT INTO epoch_metrics (run_id, epoch, network, revision, train_loss, train_terms, train_accuracy, learning_rate, images_per_second, seconds)
     SELECT r.id, e, n, e, 1, '{"crossEntropy":1}', 0.5, 0.1, 100, 1 FROM runs r, generate_series(1, r.epochs) e, generate_series(0, 1) n`,
  );
  await database.query('ANALYZE');
}
