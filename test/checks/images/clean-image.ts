import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, chown, cp, mkdir, mkdtemp, readFile, readlink, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../start/place.mjs';
import { type Dockerfile, type Step, stepsOf } from './dockerfile.ts';
import { isIgnored } from './ignored.ts';

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

/** What a stage brings, and nothing else, in the repository's place: for processes that are started here alone. Packages are those installed. */
export class CleanImage {
  /** @param installed where all packages are found */
  private constructor(
    readonly folder: string,
    private readonly installed: string,
  ) {}

  /**
   * An image that is run: of the packages it has those that its own `npm ci` installs.
   *
   * @param version of the programs that were built
   */
  static async of(dockerfile: Dockerfile, image: string, version: string): Promise<CleanImage> {
    const folder = await emptyFolder();
    const steps = [...stepsOf(dockerfile, 'manifests'), ...stepsOf(dockerfile, image)].filter(({ instruction }) => instruction === 'COPY');
    for (const { words } of steps.filter((step) => !bringsModules(step)))
      for (const place of words.slice(0, -1).map((word) => word.replace(/^\/app\//, ''))) {
        // Of several builds the image's machine has one.
        const file = place.endsWith('/build') ? path.join(place, version) : place;
        await cp(path.join(root, file), path.join(folder, file), { recursive: true });
      }
    for (const { flags } of steps.filter(bringsModules)) await linkPackages(folder, stepsOf(dockerfile, flags.from ?? ''));
    return new CleanImage(folder, path.join(folder, 'installed'));
  }

  /**
   * What is built in, by a user without an account: all that an engine is sent, and every package.
   *
   * @param kept files that an engine is not sent
   */
  static async ofSources(kept: readonly string[]): Promise<CleanImage> {
    const folder = await emptyFolder();
    const ignored = (await readFile(path.join(root, 'docker/Dockerfile.dockerignore'), 'utf8')).split('\n').filter(Boolean);
    await cp(root, folder, { recursive: true, filter: (from) => !isIgnored(ignored, path.relative(root, from)) });
    for (const file of kept) await cp(path.join(root, file), path.join(folder, file));
    await run('chown', ['-R', `${user}:${user}`, folder]);
    return new CleanImage(folder, folder);
  }

  /** A folder that the image's user may write. */
  async writable(name: string): Promise<string> {
    const place = path.join(this.folder, 'mnt', name);
    await mkdir(place, { recursive: true });
    await chown(place, user, user);
    return place;
  }

  /** Starts a program in it, as a user without an account, with no more than this environment. */
  async start(command: readonly string[], env: Record<string, string>): Promise<ChildProcess> {
    const mounts = modules.map((place) => [path.join(root, place), path.join(this.installed, place)] as const);
    for (const [, to] of mounts) await mkdir(to, { recursive: true });
    const bound = mounts.map(([from, to]) => `mount --bind "${from}" "${to}"`);
    const inPlace = [...bound, `mount --rbind "${this.folder}" "${root}"`, `cd "${root}"`, 'exec "$@"'].join(' && ');
    return spawn('unshare', ['--mount', 'sh', '-c', inPlace, 'sh', ...asUser, ...command], {
      env: { PATH: process.env.PATH, HOME: '/tmp', NODE_ENV: 'production', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'studyhall-image-'));
  await chmod(folder, 0o755);
  return folder;
}

const bringsModules = ({ flags }: Step): boolean => flags.from?.startsWith('modules') ?? false;

/** Puts those packages in their places that a stage's `npm ci` installs by the manifests there, each by a link to all that are installed. */
async function linkPackages(folder: string, steps: readonly Step[]): Promise<void> {
  const [, options = ''] = /\bnpm ci (.*)/.exec(steps.map(({ words }) => words.join(' ')).join('\n')) ?? [];
  const { stdout } = await run('npm', ['ls', ...options.split(' '), '--all', '--parseable', '--package-lock-only'], {
    cwd: folder,
    maxBuffer: 16 * 1024 * 1024,
  });
  const places = stdout.split('\n').map((line) => path.relative(folder, line));
  // What lies within a package comes with it; what is for other systems is not there.
  const own = places.filter((place) => /^(\w+\/)?node_modules\/(@[^/]+\/)?[^/]+$/.test(place) && existsSync(path.join(root, place)));
  for (const place of own) {
    await mkdir(path.join(folder, path.dirname(place)), { recursive: true });
    // A workspace is a link already, to its folder.
    const target = await readlink(path.join(root, place)).catch(() => path.join(root, 'installed', place));
    await symlink(target, path.join(folder, place));
  }
}
