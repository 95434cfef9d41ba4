import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { schedule, shapes, TestTrainer } from '../testing/fleet.ts';
import { storeAt } from '../testing/store.ts';
import { useApi } from '../testing/suite.ts';
import { csvRow } from './csv.ts';
import { exportRuns } from './export.ts';
import { importRuns } from './import.ts';

const run = promisify(execFile);
const suite = useApi();
let folder: string;
let there: TestDatabase;

const spec = {
  dataset: shapes.name,
  networks: [{ model: 'mlp-16' }],
  method: { independent: {} },
  training: { epochs: 2, batchSize: 64 },
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'studyhall-transfer-'));
  there = await createTestDatabase();
  const { createExperiment: made } = await suite.api.get<{ createExperiment: { id: string } }>(
    'mutation { createExperiment(title: "Mine", slug: "mine") { id } }',
    {},
    suite.api.key,
  );
  const trainer = await TestTrainer.join(suite.api);
  await schedule(suite.api, spec, [1], { experimentId: made.id });
  await trainer.complete(await trainer.claimOrFail(), [0.8]);
  await schedule(suite.api, spec, [2]);
  await trainer.complete(await trainer.claimOrFail(), [0.7]);
  await schedule(suite.api, spec, [3], { experimentId: made.id });
  // The other Studyhall knows the dataset and the model by ids of its own, and has an experiment of that name.
  await there.query(
    `INSERT INTO datasets (id, name, hash, views, classes, train_size, test_size) VALUES ('ds_other', $1, $2, $3, $4, 4000, 1000)`,
    [shapes.name, shapes.hash, JSON.stringify(shapes.views), JSON.stringify(shapes.classes)],
  );
  await there.query(`INSERT INTO models (id, name, family) VALUES ('mdl_other', 'mlp-16', 'mlp')`);
  await there.query(`INSERT INTO experiments (id, slug, title) VALUES ('exp_other', 'mine', 'Theirs')`);
});
afterAll(async () => {
  await there.drop();
  await rm(folder, { recursive: true, force: true });
});

const write = async (name: string, experiment?: string) =>
  exportRuns({ databaseUrl: suite.database.url, store: await storeAt(suite.api.home), folder: path.join(folder, name), experiment });
const take = async (name: string) =>
  importRuns({ databaseUrl: there.url, store: await storeAt(path.join(folder, 'home')), folder: path.join(folder, name) });

describe('an export', () => {
  it('of one experiment has its ended runs, says which have not, and comes into another Studyhall with ids and provenance', async () => {
    const manifest = await write('mine', 'mine');
    expect(manifest).toMatchObject({ experiment: 'mine', underWay: 1, missing: [] });
    expect(await take('mine')).toMatchObject({ runs: 1, runsKnown: 0, files: 1 });
    const columns = 'id, label, seed, group_key, created_by, created_at, spec, experiment_id';
    const [run] = await there.query<{ id: string; experiment_id: string }>(`SELECT ${columns} FROM runs`);
    expect(run).toEqual((await suite.database.query(`SELECT ${columns} FROM runs WHERE id = $1`, [run?.id]))[0]);
    expect(await there.query('SELECT dataset_id FROM runs')).toEqual([{ dataset_id: 'ds_other' }]);
    expect(await there.query('SELECT model_id, test_accuracy FROM networks')).toEqual([{ model_id: 'mdl_other', test_accuracy: 0.79 }]);
    expect(await there.query('SELECT trainer_name FROM attempts')).toEqual([{ trainer_name: 'bench' }]);
    expect(await there.query('SELECT count(*)::int AS rows FROM epoch_metrics')).toEqual([{ rows: 2 }]);
    expect(await there.query('SELECT title FROM experiments WHERE slug LIKE $1 ORDER BY 1', ['mine%'])).toEqual([
      { title: 'Mine' },
      { title: 'Theirs' },
    ]);
    // The board knows it without being told.
    expect(await there.query('SELECT n FROM board_rows')).toEqual([{ n: 1 }]);
  });

  it('of everything doubles nothing that is there already, and says so', async () => {
    await write('all');
    expect(await take('all')).toMatchObject({ runs: 1, runsKnown: 1 });
    expect(await take('all')).toMatchObject({ runs: 0, runsKnown: 2, files: 0 });
    expect(await there.query('SELECT count(*)::int AS rows FROM epoch_metrics')).toEqual([{ rows: 4 }]);
    expect(await there.query('SELECT n FROM board_rows')).toEqual([{ n: 2 }]);
  });

  it('comes into a database on which no Studyhall was started yet', async () => {
    const empty = await createTestDatabase({ migrated: false });
    const store = await storeAt(path.join(folder, 'empty'));
    expect(await importRuns({ databaseUrl: empty.url, store, folder: path.join(folder, 'all') })).toMatchObject({ runs: 2, runsKnown: 0 });
    await empty.drop();
  });

  it('has no key, token or trainer in it; its sheets open in a spreadsheet', async () => {
    const { tables } = JSON.parse(await readFile(path.join(folder, 'all/manifest.json'), 'utf8')) as { tables: { name: string }[] };
    expect(tables.map(({ name }) => name).filter((name) => /token|trainer|user|session/.test(name))).toEqual([]);
    const [head, first] = (await readFile(path.join(folder, 'all/runs.csv'), 'utf8')).split('\r\n');
    expect(head?.split(',').slice(0, 5)).toEqual(['run', 'experiment', 'label', 'method', 'seed']);
    expect(first).toMatch(/^run_\w+,mine,/);
    expect(csvRow('{"a":"=1+1","b":"say \\"no\\", please","c":null,"d":-0.5}')).toBe(`'=1+1,"say ""no"", please",,-0.5\r\n`);
  });

  it.each([
    ['one experiment, by who may read', '/mine', 'mine', false],
    ['everything, by admins', '', 'all', true],
  ])('of %s, is downloaded as an archive that unpacks to what a command writes', async (_what, address, name, admin) => {
    const at = `${suite.api.url}/exports${address}`;
    const answer = await fetch(at, admin ? { headers: { authorization: `Bearer ${suite.api.key}` } } : {});
    const [, root = ''] = /^attachment; filename="(studyhall-\w+)\.tar"$/.exec(answer.headers.get('content-disposition') ?? '') ?? [];
    expect(root).toBe(admin ? 'studyhall-everything' : 'studyhall-mine');
    await writeFile(path.join(folder, 'sent.tar'), Buffer.from(await answer.arrayBuffer()));
    await run('tar', ['-xf', 'sent.tar'], { cwd: folder });
    const [unpacked, asked] = [path.join(folder, root), path.join(folder, name)];
    const [sent, written] = await Promise.all(
      [unpacked, asked].map(async (place) => JSON.parse(await readFile(path.join(place, 'manifest.json'), 'utf8'))),
    );
    expect({ ...sent, createdAt: null }).toEqual({ ...written, createdAt: null });
    expect((await readdir(unpacked, { recursive: true })).sort()).toEqual((await readdir(asked, { recursive: true })).sort());
    expect(await take(root)).toMatchObject({ runs: 0, runsKnown: admin ? 2 : 1, files: 0 });
    expect(await readdir(path.join(suite.api.home, 'exports'))).toEqual([]);
  });

  it('that is not there is not found; one that is can be asked for without being made', async () => {
    expect((await fetch(`${suite.api.url}/exports/mine`, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${suite.api.url}/exports/nobody`)).status).toBe(404);
  });

  it('that nobody reads on is given up, and holds nothing any more', async () => {
    const held = async () =>
      (
        await suite.database.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM pg_locks JOIN pg_database d ON d.oid = database
           WHERE datname = current_database() AND locktype = 'advisory' AND mode = 'ShareLock'`,
        )
      )[0]?.n;
    // More than fits between the two: it waits for its reader.
    await suite.database.query(
      `INSERT INTO log_lines (job_id, attempt, seq, key, at, level, text) SELECT j.id, 1, 1000 + i, 1000 + i, now(), 'INFO'::log_level, repeat('x', 4000)
       FROM (SELECT id FROM jobs WHERE state = 'SUCCEEDED' ORDER BY created_at LIMIT 1) j, generate_series(1, 10000) i`,
    );
    const leaving = new AbortController();
    const { body } = await fetch(`${suite.api.url}/exports/mine`, { signal: leaving.signal });
    await body?.getReader().read();
    await expect.poll(held).toBe(1);
    leaving.abort();
    await expect.poll(held).toBe(0);
    await suite.database.query('DELETE FROM log_lines WHERE seq > 1000');
  });

  it('that is not whole, of a newer version, or of an experiment that is not there is refused', async () => {
    await expect(write('none', 'nobody')).rejects.toThrow(/no experiment "nobody"/);
    await expect(write('all')).rejects.toThrow(/exists already/);
    await expect(take('none')).rejects.toThrow(/no export, or one that was never finished/);
    const file = path.join(folder, 'all/manifest.json');
    const manifest = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...manifest, migrations: [...manifest.migrations, '20990101000000_newer'] }));
    await expect(take('all')).rejects.toThrow(/newer Studyhall \(20990101000000_newer\)/);
    await writeFile(file, JSON.stringify(manifest));
    await writeFile(path.join(folder, 'all/tables/runs.jsonl'), '');
    await expect(take('all')).rejects.toThrow(/not whole: .*runs.jsonl/);
  });
});
