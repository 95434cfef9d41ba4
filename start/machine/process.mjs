// @ts-check
import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * What tells a process from every other that had or will have its number: when it started, and where the system says so its program and
 * its working folder.
 *
 * @typedef {{ pid: number, started: string, program: string | null, folder: string | null }} Identity
 */

/** @typedef {'running' | 'ended' | 'unknown'} Fate `ended` also where the number is another process's by now */

/**
 * What a process is known by, to be noted as soon as it was started.
 *
 * @param {number} pid
 * @param {string} [proc] where Linux tells of processes; another folder in tests
 * @returns {Promise<Identity | null>} null if there is none, or the system does not tell.
 */
export async function identify(pid, proc = '/proc') {
  const started = isAlive(pid) ? await startOf(pid, proc) : null;
  if (started === null || started === over) return null;
  return { pid, started, program: await linkOf(`${proc}/${pid}/exe`), folder: await linkOf(`${proc}/${pid}/cwd`) };
}

/**
 * Whether the very process that was noted still runs. Unknown means: leave it alone.
 *
 * @param {Identity} noted
 * @param {string} [proc]
 * @returns {Promise<Fate>}
 */
export async function fateOf(noted, proc = '/proc') {
  if (!isAlive(noted.pid)) return 'ended';
  const started = await startOf(noted.pid, proc);
  if (started !== null && started !== noted.started) return 'ended';
  const now = await identify(noted.pid, proc);
  if (now === null) return isAlive(noted.pid) ? 'unknown' : 'ended';
  return differs(now.program, noted.program) || differs(now.folder, noted.folder) ? 'ended' : 'running';
}

/** Ended, but not yet buried by its parent (a zombie), as stays so in containers without an init. */
const over = 'over';

/** @param {string | null} now @param {string | null} noted */
const differs = (now, noted) => now !== null && noted !== null && now !== noted;

/**
 * Ends the very process that was noted: in order, and by force if it has not gone in time.
 *
 * @param {Identity} noted
 * @param {number} patienceMs how long it may take to end in order, and then to die
 * @returns {Promise<boolean>} false if it may still be there: the system does not tell, or it cannot be ended.
 */
export async function endProcess(noted, patienceMs) {
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGKILL'])) {
    const fate = await fateOf(noted);
    if (fate !== 'running') return fate === 'ended';
    try {
      process.kill(noted.pid, signal);
    } catch {
      return false;
    }
    if (await ends(noted, patienceMs)) return true;
  }
  return false;
}

/** @param {Identity} noted @param {number} withinMs */
async function ends(noted, withinMs) {
  for (const until = performance.now() + withinMs; performance.now() < until; await delay(20)) {
    if ((await fateOf(noted)) === 'ended') return true;
  }
  return false;
}

/** @param {number} pid */
export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/**
 * When a process started, as the system counts it: on Linux the boot and its clock ticks since then, elsewhere ps's date.
 *
 * @param {number} pid
 * @param {string} proc
 */
async function startOf(pid, proc) {
  if (process.platform !== 'linux') return (await ps(pid)) || null;
  const [stat, boot] = await Promise.all([
    readFile(`${proc}/${pid}/stat`, 'utf8').catch(() => ''),
    readFile(`${proc}/sys/kernel/random/boot_id`, 'utf8').catch(() => ''),
  ]);
  // The name in parentheses may hold anything; the fields begin after it with the third, the state.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state, ticks] = [fields[0], fields[19]];
  if (!ticks || !boot) return null;
  return state === 'Z' || state === 'X' ? over : `${boot.trim()} ${ticks}`;
}

/**
 * @param {number} pid
 * @returns {Promise<string>}
 */
function ps(pid) {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };
    execFile('ps', ['-o', 'lstart=', '-p', String(pid)], { env }, (error, said) => resolve(error ? '' : said.trim()));
  });
}

/** @param {string} path */
async function linkOf(path) {
  // A program that was replaced by an update meanwhile is the same process still.
  return (await readlink(path).catch(() => null))?.replace(/ \(deleted\)$/, '') ?? null;
}
