// @ts-check
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * What the environment lacks: a TMPDIR and a HOME that can be used. Either may name nothing, or what may only be read, as under a user id
 * that no account has. Tools below us (tsx, npm, Prisma) then fail in ways nobody would guess; they get folders in `home`.
 *
 * @param {import('./environment.mjs').Environment} env
 * @param {string} home where everything is kept
 * @param {{ writing?: boolean }} [options] writing: for tools that keep things in HOME. What only reads there (a .pgpass) keeps its own.
 * @returns {Record<string, string>} the variables to change
 */
export function missingFolders(env, home, { writing = false } = {}) {
  /** @type {Record<string, string>} */
  const changes = {};
  // Where Node looks, in its order.
  const temporary = env.TMPDIR || env.TMP || env.TEMP || '/tmp';
  if (!isWritable(temporary)) changes.TMPDIR = isWritable('/tmp') ? '/tmp' : ownFolder(home, 'tmp');
  const user = env.HOME || accountFolder();
  if (user === null || (writing && !isWritable(user))) changes.HOME = ownFolder(home, 'user');
  // Set and empty, it is no folder to Node; npm then makes one called "~" where it works.
  else if (env.HOME === '') changes.HOME = user;
  return process.platform === 'win32' ? {} : changes;
}

/** @returns {string | null} null where the account is not known, or has none. */
function accountFolder() {
  try {
    return os.userInfo().homedir || null;
  } catch {
    return null;
  }
}

/** @param {string} home @param {string} name */
function ownFolder(home, name) {
  const folder = path.join(home, name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}

/** @param {string} folder */
function isWritable(folder) {
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return path.isAbsolute(folder) && statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
