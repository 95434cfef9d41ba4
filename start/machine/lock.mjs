// @ts-check
import { spawn } from 'node:child_process';
import { closeSync, constants, fstatSync, openSync, statSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';

/** @typedef {{ release(): void }} Lock */

/** Where `open` itself can take a lock: macOS's and the BSDs' O_EXLOCK, which Node passes on but does not name. */
const openLocks = ['darwin', 'freebsd', 'openbsd', 'netbsd'].includes(process.platform) ? 0x20 | constants.O_NONBLOCK : 0;

/** util-linux and busybox bring it; it is looked for also where PATH does not lead. */
const flockPrograms = ['flock', '/usr/bin/flock', '/bin/flock', '/usr/local/bin/flock'];

/**
 * Locks a file for as long as this process lives. The kernel holds the lock and lets it go with the process, however that ends: a stale
 * one cannot exist, and no process id is asked for. It belongs to the file itself, so a path that is long or leads over a link, and
 * another TMPDIR, are the same lock. The file stays where it is; its content does not matter.
 *
 * @param {string} file in a folder that exists
 * @param {{ programs?: readonly string[] }} [options] programs that lock an open file, for tests
 * @returns {Promise<Lock | null>} null if another process, or another holder in this one, has it.
 * @throws {Error} if the file cannot be opened.
 */
export async function holdLock(file, { programs = flockPrograms } = {}) {
  const place = path.join(await realpath(path.dirname(file)), path.basename(file));
  for (;;) {
    const fd = openOrNull(place);
    if (fd === null) return null;
    const held = openLocks || (await flock(fd, programs));
    if (held === null) {
      closeSync(fd);
      return holdSocket(place);
    }
    if (!held) {
      closeSync(fd);
      return null;
    }
    // Whoever removed the file meanwhile made it another one: then a second process could hold that.
    if (isStill(place, fd)) return released(() => closeSync(fd));
    closeSync(fd);
  }
}

/**
 * Releases once: the number of a file that is closed may be another file's by the second time.
 *
 * @param {() => void} release
 * @returns {Lock}
 */
function released(release) {
  let held = true;
  return {
    release: () => {
      if (held) release();
      held = false;
    },
  };
}

/** @param {string} place */
function openOrNull(place) {
  try {
    return openSync(place, constants.O_RDWR | constants.O_CREAT | openLocks, 0o600);
  } catch (error) {
    if (openLocks && /** @type {NodeJS.ErrnoException} */ (error).code === 'EAGAIN') return null;
    throw error;
  }
}

/**
 * @param {string} place
 * @param {number} fd
 */
function isStill(place, fd) {
  const [there, ours] = [statSync(place, { throwIfNoEntry: false }), fstatSync(fd)];
  return there?.ino === ours.ino && there.dev === ours.dev;
}

/**
 * Node has no flock(2). A program that is handed the open file locks it on our behalf: the lock belongs to the open file, which we keep.
 *
 * @param {number} fd
 * @param {readonly string[]} programs
 * @returns {Promise<boolean | null>} null where there is no such program, or the file system knows no locks.
 */
async function flock(fd, programs) {
  for (const program of programs) {
    const { code, said } = await run(program, fd);
    if (code === 0) return true;
    if (code === 1 && said === '') return false;
    if (code !== 'ENOENT') return null;
  }
  return null;
}

/**
 * @param {string} program
 * @param {number} fd
 * @returns {Promise<{ code: number | string | null, said: string }>}
 */
function run(program, fd) {
  return new Promise((resolve) => {
    // Nothing of other people's environment: a library preloaded there might speak up.
    const child = spawn(program, ['-n', '3'], { env: { PATH: process.env.PATH }, stdio: ['ignore', 'ignore', 'pipe', fd] });
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    child.on('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve({ code: error.code ?? 'unknown', said }));
    child.on('close', (code) => resolve({ code, said }));
  });
}

/**
 * The second choice: a listening socket, named by the folder's device and inode, that needs no file (Linux's abstract names, Windows's
 * pipes). It is seen on this machine alone, where a locked file is also seen by others that share a disk.
 *
 * @param {string} place
 * @returns {Promise<Lock | null>}
 */
async function holdSocket(place) {
  const { dev, ino } = statSync(path.dirname(place), { bigint: true });
  const name = `studyhall-${dev}-${ino}-${path.basename(place)}`;
  if (process.platform !== 'linux' && process.platform !== 'win32')
    throw new Error(`${place} cannot be locked: its file system knows no locks. Set STUDYHALL_HOME to a folder on another one.`);
  const server = net.createServer((socket) => socket.destroy());
  try {
    await new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen({ path: process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : `\0${name}`, exclusive: true }, () => resolve(null));
    });
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EADDRINUSE') return null;
    throw error;
  }
  server.unref();
  return released(() => server.close());
}
