import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestDatabase } from '../testing/database.ts';
import { databaseBefore } from '../testing/old-database.ts';
import { applyMigrations } from './migrate.ts';

const data = { trainSamples: null, validationFraction: 0.1, splitSeed: 0 };
const learnsFrom = (teacher: object) => ({ data, method: { distillation: { teacher, temperature: 4, weight: 0.9 } } });
const trained = { trained: { network: { model: 'cnn-32', view: 'rgb' }, epochs: null } };

/** Runs as the first version stored them: one teacher, in columns of the run. */
const RUNS: [id: string, spec: object, teacherRunId: string | null, teacherNetwork: number | null][] = [
  ['run_1', { data, method: { mutual: { temperature: 1 } } }, null, null],
  ['run_2', learnsFrom({ run: { runId: 'run_1', network: 1 } }), 'run_1', 1],
  ['run_3', learnsFrom({ group: { groupKey: 'k', network: 0 } }), 'run_1', 0],
  ['run_4', learnsFrom(trained), null, null],
  ['run_5', learnsFrom({ run: { runId: 'run_0', network: 2 } }), null, 2],
];

describe('from one teacher in the run’s row to several in a table', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await databaseBefore('20261125142500_entropy_and_withheld_classes');
    await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
      VALUES ('data_1', 'd', 'sha256:' || repeat('a', 64), '[{"name":"rgb","shape":[16,16,3]}]', '[{"name":"a"},{"name":"b"}]', 400, 100)`);
    for (const [id, spec, teacher, network] of RUNS)
      await database.query(
        `INSERT INTO runs (id, dataset_id, method, label, spec, seed, group_key, execution, epochs, train_samples, teacher_run_id, teacher_network)
         VALUES ($1, 'data_1', 'DISTILLATION', 'l', $2, 1, repeat('0', 64), '{}', 10, 360, $3, $4)`,
        [id, spec, teacher, network],
      );
    await applyMigrations(database.url);
  });
  afterAll(() => database.drop());

  it('who learned from whom is kept, also where the teacher was deleted', async () => {
    expect(await database.query('SELECT * FROM run_teachers ORDER BY run_id')).toEqual([
      { run_id: 'run_2', position: 0, teacher_run_id: 'run_1', network: 1 },
      { run_id: 'run_3', position: 0, teacher_run_id: 'run_1', network: 0 },
      { run_id: 'run_5', position: 0, teacher_run_id: null, network: 2 },
    ]);
  });

  it('specs name their one teacher in a list, and keep their group', async () => {
    const rows = await database.query<{ id: string; spec: { method: { distillation?: object } }; group_key: string }>(
      'SELECT id, spec, group_key FROM runs ORDER BY id',
    );
    expect(rows[0]?.spec).toEqual(RUNS[0]?.[1]);
    expect(rows.slice(1).map(({ spec }) => spec.method.distillation)).toEqual(
      [
        { run: { runId: 'run_1', network: 1 } },
        { group: { groupKey: 'k', network: 0 } },
        trained,
        { run: { runId: 'run_0', network: 2 } },
      ].map((teacher) => ({ teachers: [teacher], temperature: 4, weight: 0.9 })),
    );
    expect(new Set(rows.map(({ group_key }) => group_key))).toEqual(new Set(['0'.repeat(64)]));
  });
});
