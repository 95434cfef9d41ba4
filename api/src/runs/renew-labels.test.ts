import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, type Db } from '../db.ts';
import { applyMigrations } from '../postgres/migrate.ts';
import type { TestDatabase } from '../testing/database.ts';
import { databaseBefore } from '../testing/old-database.ts';
import { renewLabels } from './renew-labels.ts';

const taught = (teacher: object, more: object = {}) => ({ distillation: { teachers: [teacher], ...more } });
const group = { group: { groupKey: 'teacher' } };

/** Runs as they were labelled before, without what separates them. */
const RUNS: [id: string, name: string, method: object, changes: object, teacher: string | null][] = [
  ['run_1', 'teacher', { independent: {} }, { networks: [{ model: 'cnn-32' }] }, null],
  ['run_2', 'plain', taught(group), {}, 'run_1'],
  ['run_3', 'unscaled', taught(group, { scaleByTemperatureSquared: false }), {}, 'run_1'],
  ['run_4', 'within', taught({ trained: { network: { model: 'cnn-32' } } }), {}, null],
  ['run_5', 'long', { independent: {} }, { training: { epochs: 300 } }, null],
  ['run_6', 'orphan', taught(group), {}, null],
];

/** 64 times its digit. */
const keyOf = (id: string) => id.replace('run_', '').repeat(64);

describe('labels of runs that are there already', () => {
  let database: TestDatabase;
  let db: Db;
  beforeAll(async () => {
    database = await databaseBefore('20261128160000_label_rules');
    await database.query(`INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size)
      VALUES ('data_1', 'd', 'sha256:' || repeat('a', 64), '[{"name":"rgb","shape":[16,16,3]}]', '[{"name":"a"},{"name":"b"}]', 400, 100)`);
    for (const [id, name, method, changes, teacher] of RUNS) {
      const spec = { dataset: 'd', networks: [{ model: 'cnn', view: 'rgb' }], method, ...changes };
      await database.query(
        `INSERT INTO runs (id, dataset_id, method, label, spec, seed, group_key, execution, epochs, train_samples)
         VALUES ($1, 'data_1', 'DISTILLATION', 'KD · cnn-32 → cnn', $2, 1, $3, '{}', 10, 360)`,
        [id, spec, keyOf(id)],
      );
      if (name !== 'within' && 'distillation' in method)
        await database.query('INSERT INTO run_teachers (run_id, position, teacher_run_id, network) VALUES ($1, 0, $2, 0)', [id, teacher]);
    }
    await applyMigrations(database.url);
    db = connect(database.url);
  });
  afterAll(async () => {
    await db.$disconnect();
    await database.drop();
  });

  it('are made anew, once, and so tell their groups apart', async () => {
    expect(await renewLabels(db)).toBe(5);
    const runs = await db.run.findMany({ orderBy: { id: 'asc' } });
    expect(runs.map(({ label }) => label)).toEqual([
      'Independent · cnn-32',
      'KD · cnn-32 → cnn',
      'KD · cnn-32 → cnn · T² off',
      'KD · cnn-32 → cnn · teacher trained within',
      'Independent · cnn · 300 epochs',
      'KD · cnn-32 → cnn · #666666',
    ]);
    expect(await renewLabels(db)).toBe(0);
  });
});
