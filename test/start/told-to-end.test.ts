import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { constants, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { createTestDatabase } from '../../api/src/testing/database.ts';
import { identify } from '../../start/machine/process.mjs';
import { programOf } from '../../start/machine/program.mjs';
import { endSignals } from '../../start/machine/signals.mjs';
import { ChaosApi } from '../chaos/fleet/api.ts';

const root = path.resolve(import.meta.dirname, '../..');
const fromSources = ['--import', './start/generated.mjs', '--import', 'tsx'];

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-told-'));
  // Postgres may run as another user, who has to be able to enter.
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

/** A command with all that it keeps in one folder. */
function command(args: string[]): ChildProcess {
  const env = { ...process.env, TMPDIR: home, STUDYHALL_HOME: path.join(home, 'house') };
  return spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
}

const kept = async () => (await readdir(home, { recursive: true })).filter((name) => name.includes('studyhall-'));

/** The Postgres that it has started, once that takes connections. */
async function postgresOf(): Promise<number> {
  const ready = async () => {
    for (const folder of await readdir(home))
      for (const data of ['data', 'postgres/data']) {
        const file = path.join(home, folder, data, 'postmaster.pid');
        const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n');
        if (lines[7]?.startsWith('ready')) return Number(lines[0]);
      }
    return 0;
  };
  await expect.poll(ready, { timeout: 60_000, interval: 10 }).toBeGreaterThan(0);
  return ready();
}

describe('told to end by any of the signals that say so', () => {
  it('an API ends in order, and nothing of it is left in the database', async () => {
    const end = async (signal: NodeJS.Signals) => {
      const database = await createTestDatabase();
      const api = await ChaosApi.start({ databaseUrl: database.url, home: path.join(home, signal), leaseSeconds: 60, renewSeconds: 1 });
      const { pid } = api;
      expect(await api.stop(signal)).toBe(0);
      expect([await identify(pid), api.output]).toEqual([null, '']);
      // Fails if a connection were open.
      await database.drop();
    };
    await Promise.all(endSignals.map(end));
  });

  it.skipIf(process.platform !== 'linux')('what makes backups ends between two', async () => {
    const backups = path.join(home, 'backups');
    await mkdir(path.join(backups, 'studyhall-2026-01-01T00-00-00'), { recursive: true });
    await writeFile(path.join(backups, 'studyhall-2026-01-01T00-00-00', 'manifest.json'), '{}');
    const end = async (signal: NodeJS.Signals) => {
      const env = { ...process.env, BACKUP_FOLDER: backups };
      const service = spawn(process.execPath, ['docker/backups.mjs'], { cwd: root, env, stdio: 'ignore' });
      const ended = once(service, 'exit');
      // It listens for all three at once, and of them SIGHUP is the one that Node does not listen for by itself.
      const listens = async () =>
        Number.parseInt((await readFile(`/proc/${service.pid}/status`, 'utf8')).match(/^SigCgt:\t(\w+)/m)?.[1]?.slice(-1) ?? '0', 16) & 1;
      await expect.poll(listens, { interval: 5 }).toBe(1);
      service.kill(signal);
      expect(await ended).toEqual([0, null]);
    };
    await Promise.all(endSignals.map(end));
  });
});

describe('a command that is told to end', () => {
  it('in the middle of a benchmark, by all who pass a signal on, leaves no Postgres and no folder', async () => {
    const bench = command([...fromSources, 'test/bench/main.ts', 'api', '--runs', '10000']);
    const postgres = await postgresOf();
    const ended = once(bench, 'exit');
    bench.kill('SIGTERM');
    bench.kill('SIGTERM');
    expect(await ended).toEqual([128 + constants.signals.SIGTERM, null]);
    await expect.poll(() => identify(postgres)).toBeNull();
    expect(await kept()).toEqual([]);
  });

  it.each(['SIGINT', 'SIGHUP'] as const)(
    'while it backs a house up that nobody runs, by %s, closes that house and keeps nothing half made',
    async (signal) => {
      const { file, execArgv } = programOf('api/src/backup/main.ts', inject('programs'));
      const backup = command([...execArgv, file, 'backup', path.join(home, 'backup')]);
      const postgres = await postgresOf();
      const ended = once(backup, 'exit');
      backup.kill(signal);
      expect(await ended).toEqual([128 + constants.signals[signal], null]);
      await expect.poll(() => identify(postgres)).toBeNull();
      expect((await readdir(home)).filter((name) => name.startsWith('backup'))).toEqual([]);
    },
  );
});
