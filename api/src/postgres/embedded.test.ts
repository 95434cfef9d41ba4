import { chmod, lstat, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mendLibraryLinks } from './binaries.ts';
import { type Database, openDatabase } from './database.ts';
import { startEmbeddedPostgres } from './embedded.ts';

const newFolder = async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'studyhall-embedded-'));
  await chmod(folder, 0o755);
  return folder;
};

async function one(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

describe('the embedded Postgres', () => {
  let home: string;
  let database: Database;
  const messages: string[] = [];
  const options = () => ({ home, log: (message: string) => messages.push(message) });
  beforeAll(async () => {
    home = await newFolder();
    database = await openDatabase(options());
  });
  afterAll(async () => {
    await database.close();
    await rm(home, { recursive: true, force: true });
  });

  it('starts on an empty folder, migrated, with a password in a file of its own', async () => {
    expect(database.migrated.length).toBeGreaterThan(0);
    expect(await one(database.url, 'SELECT count(*)::int FROM runs')).toBe(0);
    const { mode } = await lstat(path.join(home, 'postgres', 'password'));
    expect(mode & 0o077).toBe(0);
    await expect(one(database.url.replace(/:[^:@]+@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(/password/);
  });

  it('belongs to one Studyhall at a time', async () => {
    await expect(openDatabase(options())).rejects.toThrow(/Another Studyhall is already running on .*STUDYHALL_HOME/);
    expect(await one(database.url, 'SELECT 1')).toBe(1);
  });

  it('is adopted when a killed Studyhall left it running', async () => {
    const orphan = await startEmbeddedPostgres({ home: path.join(home, 'postgres') });
    expect(orphan.adopted).toBe(true);
    expect(new URL(orphan.url).port).toBe(new URL(database.url).port);
  });

  it('is started again when it dies under a running Studyhall', async () => {
    const pid = Number((await readFile(path.join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => one(database.url, 'SELECT 1').catch(() => 0), { timeout: 15_000, interval: 100 }).toBe(1);
    await expect.poll(() => messages.join('\n'), { timeout: 15_000 }).toMatch(/Postgres had ended; it runs again/);
  });

  it('says so when its password is lost, instead of waiting', async () => {
    const other = await newFolder();
    const options = { home: path.join(other, 'postgres'), settings: { fsync: 'off' } };
    const postgres = await startEmbeddedPostgres(options);
    await writeFile(path.join(options.home, 'password'), 'another\n');
    await expect(startEmbeddedPostgres(options)).rejects.toThrow(/password in .* is not that of the database in/);
    await postgres.stop();
    await rm(other, { recursive: true });
  });

  it('refuses data of another Postgres, saying which and what to do', async () => {
    const other = await newFolder();
    const data = path.join(other, 'postgres', 'data');
    await mkdir(data, { recursive: true });
    await writeFile(path.join(data, 'PG_VERSION'), '99\n');
    await expect(openDatabase({ home: other, log: () => {} })).rejects.toThrow(/is of Postgres 99.*newer Studyhall: update this one/s);
    await writeFile(path.join(data, 'PG_VERSION'), '12\n');
    await expect(openDatabase({ home: other, log: () => {} })).rejects.toThrow(/is of Postgres 12.*pg_upgrade/s);
    await rm(other, { recursive: true });
  });
});

describe('an installation without scripts', () => {
  it('gets the library links that its scripts would have made', async () => {
    const folder = await newFolder();
    await mkdir(path.join(folder, 'native', 'lib'), { recursive: true });
    await writeFile(path.join(folder, 'native', 'lib', 'libpq.so.5.18'), 'library');
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    await writeFile(path.join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links));
    await mendLibraryLinks(folder);
    await mendLibraryLinks(folder);
    expect(await readFile(path.join(folder, 'native', 'lib', 'libpq.so.5'), 'utf8')).toBe('library');
    await rm(folder, { recursive: true });
  });
});

describe('DATABASE_URL', () => {
  it('that cannot be reached is named without its password', async () => {
    const databaseUrl = 'postgres://user:secret@127.0.0.1:1/nothing';
    const error = await openDatabase({ home: '/nowhere', databaseUrl, log: () => {} }).catch((reason: Error) => reason);
    expect(String(error)).toMatch(/DATABASE_URL \(127\.0\.0\.1:1\/nothing\) cannot be reached/);
    expect(String(error)).not.toContain('secret');
  });
});
