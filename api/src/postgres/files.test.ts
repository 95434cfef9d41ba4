import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyBinaries, findBinaries } from './binaries.ts';
import { openCluster } from './cluster.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded.ts';
import { obstacleTo } from './obstacle.ts';
import { readPassword } from './password.ts';
import { removeStalePidFile } from './pid-file.ts';

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'studyhall-files-'));
  await chmod(folder, 0o755);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('what opens the database', () => {
  let home: string;
  let passwordFile: string;
  const told: string[] = [];
  const start = () => startEmbeddedPostgres({ home, settings: { fsync: 'off' }, log: (message) => told.push(message) });

  async function query(postgres: EmbeddedPostgres, sql: string): Promise<unknown> {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  }

  beforeAll(async () => {
    home = path.join(folder, 'postgres');
    passwordFile = path.join(home, 'password');
    const postgres = await start();
    await query(postgres, 'CREATE TABLE kept (id INT)');
    await postgres.stop();
  });

  it('is lost where a power cut left zeros of it', async () => {
    const file = path.join(folder, 'zeros');
    await writeFile(file, Buffer.alloc(49));
    expect(await readPassword(file)).toBeUndefined();
  });

  it.each([
    ['is empty', () => writeFile(passwordFile, '')],
    ['is gone', () => rm(passwordFile)],
  ])('is made anew in the database where the password’s file %s, and nothing else changes', async (_, lose) => {
    const before = await readFile(passwordFile, 'utf8');
    await lose();
    const postgres = await start();
    expect(await query(postgres, 'SELECT * FROM kept')).toEqual([]);
    expect(told.at(-1)).toContain('The database’s password was lost'.replace('’', "'"));
    expect(await readFile(passwordFile, 'utf8')).not.toBe(before);
    await postgres.stop();
  });

  it('is left as it is, and named, while a Postgres runs on the data', async () => {
    const postgres = await start();
    const pid = (await readFile(path.join(home, 'data/postmaster.pid'), 'utf8')).split('\n')[0];
    const password = await readFile(passwordFile, 'utf8');
    await writeFile(passwordFile, '');
    await expect(start()).rejects.toThrow(`is lost, and a Postgres (process ${pid}) runs on`);
    expect(await readFile(passwordFile, 'utf8')).toBe('');
    await writeFile(passwordFile, password);
    await postgres.stop();
  });

  it('is not replaced by one that does not open it', async () => {
    const password = await readFile(passwordFile, 'utf8');
    await writeFile(passwordFile, 'of another database\n');
    await expect(start()).rejects.toThrow(/is not that of the database in .* bring the file back/);
    expect(await readFile(passwordFile, 'utf8')).toBe('of another database\n');
    await writeFile(passwordFile, password);
    await (await start()).stop();
  });

  it.skipIf(process.platform !== 'linux')('a number in the pid file that is another program’s by now keeps nobody out', async () => {
    const pidFile = path.join(home, 'data/postmaster.pid');
    const { identity } = await findBinariesHere();
    // Of the same user: Postgres itself takes no other for its own.
    const stranger = spawn('sleep', ['1000'], { ...identity, stdio: 'ignore' });
    await once(stranger, 'spawn');
    await writeFile(pidFile, `${stranger.pid}\n${path.join(home, 'data')}\n1\n1\n\n\n\n\n`, { mode: 0o600 });
    if (identity.uid !== undefined && identity.gid !== undefined) await chown(pidFile, identity.uid, identity.gid);
    const postgres = await start();
    expect(await query(postgres, 'SELECT * FROM kept')).toEqual([]);
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    await postgres.stop();
    stranger.kill();
  });

  it('a pid file that a power cut left zeros of keeps nobody out, and one that is being written is left alone', async () => {
    const pidFile = path.join(home, 'data/postmaster.pid');
    await writeFile(pidFile, Buffer.alloc(60), { mode: 0o600 });
    await removeStalePidFile(path.join(home, 'data'));
    expect(await readFile(pidFile)).toEqual(Buffer.alloc(60));
    await utimes(pidFile, new Date(0), new Date(0));
    const postgres = await start();
    expect(await query(postgres, 'SELECT * FROM kept')).toEqual([]);
    await postgres.stop();
  });

  it('files that are no whole database are named, and left alone', async () => {
    const damaged = path.join(folder, 'damaged');
    await mkdir(path.join(damaged, 'data'), { recursive: true });
    await writeFile(path.join(damaged, 'data', 'PG_VERSION'), '');
    await expect(startEmbeddedPostgres({ home: damaged })).rejects.toThrow(/holds files, but no whole database.*nothing was changed/);
    expect(await readFile(path.join(damaged, 'data', 'PG_VERSION'), 'utf8')).toBe('');
  });
});

const findBinariesHere = async () => {
  const { postgresIdentity } = await import('./identity.ts');
  return findBinaries(await postgresIdentity(path.join(folder, 'nothing')));
};

describe('Postgres’s programs', () => {
  it.skipIf(!isRoot)(
    'are copied so that everybody may run them, whatever the umask, and an earlier copy that may not be is opened',
    async () => {
      const source = path.join(folder, 'package');
      await mkdir(path.join(source, 'native', 'bin'), { recursive: true });
      await writeFile(path.join(source, 'package.json'), '{"version":"1.0.0"}');
      await writeFile(path.join(source, 'native', 'bin', 'postgres'), '#!/bin/sh\necho runs\n', { mode: 0o700 });
      await symlink('postgres', path.join(source, 'native', 'bin', 'link'));
      const into = path.join(folder, 'system');
      const asNobody = (bin: string) => run(path.join(bin, 'link'), [], { uid: 65534, gid: 65534, cwd: '/' });
      const umask = process.umask(0o077);
      try {
        const bin = await copyBinaries(source, into);
        expect((await asNobody(bin)).stdout).toBe('runs\n');
        await chmod(bin, 0o700);
        await chmod(path.join(bin, 'postgres'), 0o700);
        expect((await asNobody(await copyBinaries(source, into))).stdout).toBe('runs\n');
      } finally {
        process.umask(umask);
      }
    },
  );

  it('that cannot be run are named with what is in the way', async () => {
    const closed = path.join(folder, 'closed');
    await mkdir(path.join(closed, 'bin'), { recursive: true });
    await writeFile(path.join(closed, 'bin', 'postgres'), '', { mode: 0o644 });
    const nobody = { uid: 65534, gid: 65534 };
    const program = path.join(closed, 'bin', 'postgres');
    expect(await obstacleTo(program, nobody)).toBe(`${program} may not be executed by user 65534 (mode 644)`);
    await chmod(closed, 0o700);
    expect(await obstacleTo(program, nobody)).toBe(`${closed} may not be entered by user 65534 (mode 700)`);
    await chmod(closed, 0o755);
    await chmod(program, 0o755);
    expect(await obstacleTo(program, nobody)).toContain('may be mounted noexec');
  });

  it.skipIf(!isRoot)('make a database also for a user id without an account, or say what to do', async () => {
    const home = path.join(folder, 'unknown user');
    await mkdir(home);
    await chown(home, 54321, 54321);
    const { bin, major } = await findBinariesHere();
    const binaries = { bin, major, identity: { uid: 54321, gid: 54321 } };
    const made = await openCluster(home, binaries, { sync: false, log: () => {} }).catch((error: Error) => error);
    if (made instanceof Error) expect(made.message).toMatch(/User id 54321 has no account on this machine.*\/etc\/passwd.*DATABASE_URL/);
    else expect((await readFile(path.join(made.dataFolder, 'PG_VERSION'), 'utf8')).trim()).toBe(String(major));
  });
});
