import type pg from 'pg';

/** Metrics of each run, by name: what our epoch rows hold. */
const keys = [
  'train_loss',
  'train_accuracy',
  'validation_loss',
  'validation_accuracy',
  'learning_rate',
  'images_per_second',
  'seconds',
  'entropy',
];

/** Finished runs in one experiment, straight in SQL: eight metrics with their history, four params and two tags each. */
export async function fillMlflow(client: pg.Client, runs: number, rowsEach: number): Promise<{ experiment: string; runs: string[] }> {
  // Rows that are made here refer to what there is.
  await client.query('SET session_replication_role = replica');
  await client.query('SET synchronous_commit = off');
  const { rows } = await client.query<{
    id: string;
  }>(`INSERT INTO experiments (name, artifact_location, lifecycle_stage, creation_time, last_update_time)
    VALUES ('finished', '/tmp/finished', 'active', 0, 0) RETURNING experiment_id::text AS id`);
  const experiment = rows[0]?.id ?? '';
  const id = `md5(i::text)`;
  const per = [runs];
  await client.query(
    `INSERT INTO runs (run_uuid, name, source_type, source_name, user_id, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id)
     SELECT ${id}, 'Run of group ' || i / 5, 'LOCAL', 'train.py', 'teammate', 'FINISHED', i * 1000, i * 1000 + 60000, 'active', '/tmp/' || i, $2
     FROM generate_series(0, $1 - 1) i`,
    [runs, Number(experiment)],
  );
  await client.query(
    `INSERT INTO params (run_uuid, key, value)
     SELECT ${id}, key, value FROM generate_series(0, $1 - 1) i, LATERAL (VALUES ('dataset', CASE i / 15 % 4 WHEN 3 THEN 'shapes-24' ELSE 'shapes-16' END),
       ('method', (ARRAY['INDEPENDENT', 'DISTILLATION', 'MUTUAL'])[(i / 5) % 3 + 1]), ('model', 'mlp-' || i / 15 % 12), ('seed', (i % 5)::text)) v(key, value)`,
    per,
  );
  await client.query(
    `INSERT INTO tags (run_uuid, key, value)
     SELECT ${id}, key, 'Run of group ' || i / 5 FROM generate_series(0, $1 - 1) i, unnest(ARRAY['mlflow.runName', 'mlflow.user']) key`,
    per,
  );
  await client.query(
    `INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan)
     SELECT ${id}, key, 0.5 + random() / 4, 0, $2, false FROM generate_series(0, $1 - 1) i, unnest($3::text[]) key`,
    [runs, Math.ceil(rowsEach / keys.length), keys],
  );
  await client.query(
    `INSERT INTO metrics (run_uuid, key, value, timestamp, step, is_nan)
     SELECT ${id}, ($3::text[])[n % ${keys.length} + 1], 0.5 + random() / 4, n, n / ${keys.length} + 1, false
     FROM generate_series(0, $1 - 1) i, generate_series(0, $2 - 1) n`,
    [runs, rowsEach, keys],
  );
  await client.query('VACUUM ANALYZE');
  const ids = await client.query<{ id: string }>('SELECT run_uuid AS id FROM runs LIMIT 8');
  return { experiment, runs: ids.rows.map((row) => row.id) };
}
