import { mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi } from '../testing/api.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { schedule, shapes, TestTrainer } from '../testing/fleet.ts';
import { storeAt } from '../testing/store.ts';
import { useApi } from '../testing/suite.ts';
import { backUp } from './backup.ts';
import { places } from './manifest.ts';
import { restore } from './restore.ts';

const suite = useApi();
let folder: string;
let backup: string;
let elsewhere: TestDatabase;

const spec = {
  dataset: shapes.name,
  networks: [{ model: 'mlp-16' }],
  method: { independent: {} },
  training: { epochs: 2, batchSize: 64 },
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'studyhall-backup-'));
  backup = path.join(folder, 'first');
  elsewhere = await createTestDatabase({ migrated: false });
  const trainer = await TestTrainer.join(suite.api);
  await schedule(suite.api, spec, [1, 2, 3]);
  await trainer.complete(await trainer.claimOrFail(), [0.8]);
  // One is under way, so that its lease, its checkpoint and its rows are part of what is kept.
  await trainer.commitTo(await trainer.claimOrFail(), [1]);
});
afterAll(async () => {
  await elsewhere.drop();
  await rm(folder, { recursive: true, force: true });
});

const makeBackup = async (into = backup) =>
  backUp({ databaseUrl: suite.database.url, store: await storeAt(suite.api.home), home: suite.api.home, folder: into });
/** @param more held: true, as the test's own connection is open to the database all the time. */
const bringBack = async (from: string, more: { replace?: boolean; held?: boolean } = {}) => {
  const home = path.join(folder, 'home');
  return restore({ databaseUrl: elsewhere.url, store: await storeAt(home), home, folder: from, held: true, ...more });
};
const replaceBy = (from: string) => bringBack(from, { replace: true });

/** Every row of every table that is of the house, as text. */
async function everything(database: TestDatabase): Promise<Record<string, string[]>> {
  const tables = await database.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT IN ('_prisma_migrations', 'board_moves') ORDER BY 1`,
  );
  const rows: Record<string, string[]> = {};
  for (const { name } of tables)
    rows[name] = (await database.query<{ row: string }>(`SELECT t::text AS row FROM "${name}" t ORDER BY 1`)).map(({ row }) => row);
  return rows;
}

describe('a backup', () => {
  it('made while the API runs is brought back into an empty house row for row, and that house goes on with the old key', async () => {
    const before = await everything(suite.database);
    const manifest = await makeBackup();
    expect(manifest.tables.find(({ name }) => name === 'runs')?.rows).toBe(3);
    expect(manifest.missing).toEqual([]);
    expect(await bringBack(backup)).toEqual(manifest);
    expect(await everything(elsewhere)).toEqual(before);
    const api = await startTestApi(elsewhere.url, { STUDYHALL_HOME: path.join(folder, 'home') });
    try {
      expect(api.key).toBe(suite.api.key);
      const { runs } = await api.get<{ runs: { totalCount: number } }>('{ runs { totalCount } }', {}, suite.api.key);
      expect(runs.totalCount).toBe(3);
      // Triggers are on again: what is scheduled now is told to the board, and to whoever listens.
      const [{ sha256 } = { sha256: '' }] = await elsewhere.query<{ sha256: string }>('SELECT sha256 FROM artifacts LIMIT 1');
      const answer = await fetch(`${api.url}/artifacts/${sha256}`, { headers: { authorization: `Bearer ${api.key}` } });
      expect(answer.status).toBe(200);
      await answer.arrayBuffer();
      await expect(bringBack(backup, { replace: true, held: false })).rejects.toThrow(/stop every API/);
    } finally {
      await api.close();
    }
    const triggers = 'SELECT count(*)::int AS off FROM pg_trigger WHERE tgenabled = $1';
    expect(await elsewhere.query(triggers, ['D'])).toEqual([{ off: 0 }]);
  });

  it('does not replace what is there unless told to; told to, nothing of that remains', async () => {
    await expect(bringBack(backup)).rejects.toThrow(/not empty.*--replace. Nothing was changed/);
    await elsewhere.query(`INSERT INTO experiments (id, slug, title) VALUES ('exp_1', 'later', 'Later')`);
    await replaceBy(backup);
    expect(await elsewhere.query('SELECT FROM experiments')).toEqual([]);
  });

  it('into a folder that exists is refused, and leaves nothing half made', async () => {
    await expect(makeBackup(backup)).rejects.toThrow(/exists already/);
    await writeFile(path.join(folder, 'file'), '');
    await expect(makeBackup(path.join(folder, 'file', 'backup'))).rejects.toThrow(/could not be written into .*Nothing of it was kept/);
  });

  it('without the bytes of an artifact names it, and keeps all the rest', async () => {
    const [{ sha256 } = { sha256: '' }] = await suite.database.query<{ sha256: string }>('SELECT sha256 FROM artifacts ORDER BY 1 LIMIT 1');
    const store = await storeAt(suite.api.home);
    await writeFile(store.pathOf(sha256), 'other bytes');
    const manifest = await makeBackup(path.join(folder, 'second'));
    expect(manifest.missing).toEqual([sha256]);
    expect((await replaceBy(path.join(folder, 'second'))).artifacts.count).toBe(manifest.artifacts.count);
  });
});

describe('what cannot be brought back changes nothing', () => {
  const change = async (edit: (manifest: Record<string, unknown>) => void) => {
    const { manifest: file } = places(backup);
    const text = await readFile(file, 'utf8');
    const manifest = JSON.parse(text);
    edit(manifest);
    await writeFile(file, JSON.stringify(manifest));
    return () => writeFile(file, text);
  };

  it('a backup of a newer version, by its migrations or by its format', async () => {
    const before = await everything(elsewhere);
    let undo = await change((manifest) => (manifest.migrations as string[]).push('20990101000000_newer'));
    await expect(replaceBy(backup)).rejects.toThrow(/newer Studyhall: it has the migration 20990101000000_newer/);
    await undo();
    undo = await change((manifest) => (manifest.studyhallBackup = 2));
    await expect(replaceBy(backup)).rejects.toThrow(/newer Studyhall \(format 2; this one reads 1\)/);
    await undo();
    expect(await everything(elsewhere)).toEqual(before);
  });

  it('one that is cut short, that lacks a file, or that was never finished', async () => {
    const before = await everything(elsewhere);
    const runs = places(backup).table('runs');
    const whole = await readFile(runs);
    await truncate(runs, whole.length - 20);
    await expect(replaceBy(backup)).rejects.toThrow(/damaged: .*runs.jsonl.gz is cut short/);
    await rm(runs);
    await expect(replaceBy(backup)).rejects.toThrow(/not whole: .*runs.jsonl.gz is missing/);
    await writeFile(runs, whole);
    const [, first] = /^(\w{64})/.exec(await readFile(places(backup).artifactList, 'utf8')) ?? [];
    const artifact = places(backup).artifact(first ?? '');
    const bytes = await readFile(artifact);
    await truncate(artifact, 1);
    await expect(replaceBy(backup)).rejects.toThrow(/cut short/);
    await writeFile(artifact, bytes);
    const { manifest } = places(backup);
    const text = await readFile(manifest);
    await truncate(manifest, 100);
    await expect(replaceBy(backup)).rejects.toThrow(/damaged, or no manifest/);
    await rm(manifest);
    await expect(replaceBy(backup)).rejects.toThrow(/no backup, or one that was never finished/);
    await writeFile(manifest, text);
    expect(await everything(elsewhere)).toEqual(before);
  });

  it('keys in a backup can be read by their owner alone', async () => {
    expect((await stat(backup)).mode & 0o077).toBe(0);
    expect((await stat(places(backup).key('key'))).mode & 0o077).toBe(0);
  });
});
