import { spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

it('an API that is told to end while it starts does so in order, and leaves no Postgres behind', async () => {
  const home = await mkdtemp(path.join(tmpdir(), 'studyhall-ending-'));
  await chmod(home, 0o755);
  const env = { ...process.env, STUDYHALL_HOME: home, API_PORT: '0', DATABASE_URL: '', API_HOST: '' };
  const child = spawn(process.execPath, ['--import', 'tsx', path.resolve(import.meta.dirname, 'main.ts')], { env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => child.on('close', resolve));
  const pidFile = path.join(home, 'postgres/data/postmaster.pid');
  const postgres = async () => Number((await readFile(pidFile, 'utf8').catch(() => '')).split('\n')[0]);
  await expect.poll(postgres, { timeout: 15_000, interval: 5 }).toBeGreaterThan(0);
  const pid = await postgres();
  // As from a terminal that is closed: the one signal of the three that nothing but us handles.
  child.kill('SIGHUP');
  expect({ code: await ended, said }).toEqual({ code: 0, said: expect.not.stringContaining('did not') });
  expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  await rm(home, { recursive: true });
});
