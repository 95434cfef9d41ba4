import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from './place.mjs';

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Whether the process lives and, where the system tells, runs that script: a number may meanwhile be another program's. */
export async function isOurs(pid, script) {
  if (!isAlive(pid)) return false;
  const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => null);
  return commandLine === null || commandLine.includes(script);
}

/** Ends a service that an earlier starter left behind; by force if it does not go within some seconds. */
export async function terminate(pid) {
  const ours = (await isOurs(pid, 'main.ts')) || (await isOurs(pid, `${root}/web/server.ts`)) || (await isOurs(pid, 'web/server.ts'));
  if (!ours) return;
  process.kill(pid, 'SIGTERM');
  for (let waited = 0; isAlive(pid); waited += 50) {
    if (waited > 10_000) process.kill(pid, 'SIGKILL');
    await delay(50);
  }
}
