import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Db } from '../db.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { ensureFirstKeys } from './first-keys.ts';
import { findToken } from './tokens.ts';

let databases: TestDatabase[];
let [db, other]: Db[] = [];
let home: string;
beforeAll(async () => {
  databases = await Promise.all([createTestDatabase(), createTestDatabase()]);
  [db, other] = databases.map(({ url }) => connect(url));
});
afterAll(async () => {
  await db?.$disconnect();
  await other?.$disconnect();
  for (const database of databases) await database.drop();
});
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-keys-'));
  return () => rm(home, { recursive: true });
});

const key = async () => (await readFile(path.join(home, 'key'), 'utf8')).trim();

describe('the first keys', () => {
  it('stay the same over starts, in files that their owner alone may read', async () => {
    await ensureFirstKeys(db as Db, home);
    const first = await key();
    await ensureFirstKeys(db as Db, home);
    expect(await key()).toBe(first);
    expect((await findToken(db as Db, first))?.role).toBe('PERSON');
    expect((await readdir(home)).sort()).toEqual(['key', 'trainer-token']);
  });

  it('are made anew where a power cut left empty files', async () => {
    await writeFile(path.join(home, 'key'), '');
    await ensureFirstKeys(db as Db, home);
    expect((await findToken(db as Db, await key()))?.role).toBe('PERSON');
    expect((await readdir(home)).sort()).toEqual(['key', 'trainer-token']);
  });

  it('of another database are set aside, and are back with it', async () => {
    await ensureFirstKeys(db as Db, home);
    const first = await key();
    const told: string[] = [];
    await ensureFirstKeys(other as Db, home, (message) => told.push(message));
    const second = await key();
    expect(second).not.toBe(first);
    expect(told[0]).toContain('it is kept as key.other-1');
    await ensureFirstKeys(db as Db, home);
    expect(await key()).toBe(first);
    await ensureFirstKeys(other as Db, home);
    expect(await key()).toBe(second);
  });

  it('that cannot be read are named, and not replaced', async () => {
    await mkdir(path.join(home, 'key'));
    await expect(ensureFirstKeys(db as Db, home)).rejects.toThrow(/The key in .*\/key cannot be read/);
    expect(await readdir(home)).toEqual(['key']);
  });
});
