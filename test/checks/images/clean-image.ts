import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../start/place.mjs';
import { type Dockerfile, stepsOf } from './dockerfile.ts';

const run = promisify(execFile);

/** Nobody's on this machine either, it is to be hoped: without a line in passwd. */
const user = 10001;
const asUser = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups'];

const { workspaces } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { workspaces: string[] };
const modules = ['node_modules', ...workspaces.map((workspace) => `${workspace}/node_modules`)].filter((place) =>
  existsSync(path.join(root, place)),
);

/** Whether this process may mount, become another user, and that one enter the repository: root outside of a bare container may. */
export async function mayRunImages(): Promise<boolean> {
  const tried = run('unshare', ['--mount', ...asUser, 'test', '-r', path.join(root, 'package.json')]);
  return tried.then(
    () => true,
    () => false,
  );
}

/**
 * What an image brings, and nothing else, in the repository's place: for processes that are started here alone. Packages are those that are
 * installed.
 */
export class CleanImage {
  private constructor(readonly folder: string) {}

  /** @param version of the programs that were built */
  static async of(dockerfile: Dockerfile, image: string, version: string): Promise<CleanImage> {
    const folder = await mkdtemp(path.join(tmpdir(), 'studyhall-image-'));
    await chmod(folder, 0o755);
    for (const { instruction, flags, words } of [...stepsOf(dockerfile, 'manifests'), ...stepsOf(dockerfile, image)]) {
      if (instruction !== 'COPY' || flags.from?.startsWith('modules')) continue;
      for (const place of words.slice(0, -1).map((word) => word.replace(/^\/app\//, ''))) {
        // Of several builds the image's machine has one.
        const file = place.endsWith('/build') ? path.join(place, version) : place;
        await cp(path.join(root, file), path.join(folder, file), { recursive: true });
      }
    }
    for (const place of modules) await mkdir(path.join(folder, place), { recursive: true });
    return new CleanImage(folder);
  }

  /** A folder that the image's user may write. */
  async writable(name: string): Promise<string> {
    const place = path.join(this.folder, 'mnt', name);
    await mkdir(place, { recursive: true });
    await chown(place, user, user);
    return place;
  }

  /** Starts Node in it, as a user without an account, with no more than this environment. */
  start(args: readonly string[], env: Record<string, string>): ChildProcess {
    const bound = modules.map((place) => `mount --bind "${root}/${place}" "${this.folder}/${place}"`);
    const inPlace = [...bound, `mount --rbind "${this.folder}" "${root}"`, `cd "${root}"`, 'exec "$@"'].join(' && ');
    return spawn('unshare', ['--mount', 'sh', '-c', inPlace, 'sh', ...asUser, process.execPath, ...args], {
      env: { PATH: process.env.PATH, HOME: '/tmp', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
