// `node docker/backups.mjs`: a backup every BACKUP_HOURS into BACKUP_FOLDER, of which the newest BACKUP_KEEP are kept. When the last one was
// made is read from the folder, so a restarted container makes none too many. With --once: one now, for a scheduler of one's own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readFolder, readNumber } from '../start/machine/environment.mjs';
import { onEndSignals } from '../start/machine/signals.mjs';
import { root } from '../start/place.mjs';

const { env } = process;
const folder = readFolder(env, 'BACKUP_FOLDER', '/backups', root);
const everyMs = readNumber(env, 'BACKUP_HOURS', 24, 0.01, 24 * 366) * 3_600_000;
const keep = readNumber(env, 'BACKUP_KEEP', 7, 1, 10_000);
/** One that failed is tried again sooner than the next would be. */
const againMs = Math.min(everyMs, 900_000);

const ending = new AbortController();
let running;
onEndSignals((signal) => {
  ending.abort();
  running?.kill(signal);
});

await mkdir(folder, { recursive: true });
if (process.argv.includes('--once')) process.exit((await backUp()) ? 0 : 1);
for (let waitMs = await untilDue(); !ending.signal.aborted; ) {
  await delay(waitMs, undefined, { signal: ending.signal }).catch(() => undefined);
  if (ending.signal.aborted) break;
  waitMs = (await backUp()) ? everyMs : againMs;
}
process.exit(0);

/** Milliseconds until the newest whole backup is as old as it may get. */
async function untilDue() {
  const [newest] = await backups();
  return newest ? Math.min(everyMs, Math.max(0, newest.at + everyMs - Date.now())) : 0;
}

/** Those of ours in the folder that are whole, newest first: the manifest is written last. */
async function backups() {
  const names = (await readdir(folder)).filter((name) => name.startsWith('studyhall-'));
  const whole = names.map((name) => path.join(folder, name)).filter((place) => existsSync(path.join(place, 'manifest.json')));
  const dated = await Promise.all(whole.map(async (place) => ({ place, at: (await stat(path.join(place, 'manifest.json'))).mtimeMs })));
  return dated.sort((a, b) => b.at - a.at);
}

/** Only what a whole backup replaces is removed. */
async function backUp() {
  const place = path.join(folder, `studyhall-${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}`);
  const code = await new Promise((resolve) => {
    running = spawn(process.execPath, [path.join(root, 'start/serve.mjs'), 'backup', place], { stdio: 'inherit' });
    running.once('error', (error) => resolve(error.message)).once('close', (code, signal) => resolve(code ?? signal));
  });
  running = undefined;
  if (code !== 0) {
    console.error(`There is no backup this time (${code}); the earlier ones are kept.`);
    return false;
  }
  for (const { place } of (await backups()).slice(keep)) await rm(place, { recursive: true, force: true });
  return true;
}
