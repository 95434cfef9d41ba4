import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { flush, makeAlone } from './alone.mjs';
import { runQuietly } from './command.mjs';
import { writeDurably } from './machine/durable.mjs';
import { missingFolders } from './machine/folders.mjs';
import { home, root } from './place.mjs';

const lockFile = path.join(root, 'package-lock.json');
/** Says of which package-lock.json everything was installed that can be on this platform. */
const mark = path.join(root, 'node_modules/.studyhall');

/** Whatever NODE_ENV=production or an .npmrc leave out: tools build the pages here, and native packages are optional ones. */
const everything = ['--include=dev', '--include=optional', '--include=peer'];

/** Installs what package-lock.json asks for, unless it is there already. Answers whether it had to. */
export function ensureInstalled() {
  return makeAlone(isInstalled, async () => {
    await runQuietly('Installing', 'npm', ['ci', ...everything], npmEnvironment(process.env));
    await flush();
    await writeDurably(mark, await fingerprintOf(lockFile));
  });
}

async function isInstalled() {
  const wanted = await readPackages(lockFile);
  const found = await readPackages(path.join(root, 'node_modules/.package-lock.json')).catch(() => null);
  if (!found) return false;
  // The list may have been copied without all that it names: node_modules are several folders.
  const missing = missingPackages(wanted, found, (place) => existsSync(path.join(root, place, 'package.json')));
  if (missing.some(([, { optional, devOptional }]) => !optional && !devOptional)) return false;
  // Once installed in full, what is optional and still missing cannot be had here: no reason to try at every start.
  if (!missing.some(([, entry]) => isForThisPlatform(entry))) return true;
  return (await readFile(mark, 'utf8').catch(() => '')) === (await fingerprintOf(lockFile));
}

/**
 * What package-lock.json names and node_modules lack, or have in another version; rooms of this repository, by their links, too: an update may
 * bring a new one.
 *
 * @param {Record<string, { version?: string, link?: boolean, optional?: boolean, devOptional?: boolean }>} wanted by its place
 * @param {Record<string, { version?: string }>} found
 * @param {(place: string) => boolean} isThere
 */
export function missingPackages(wanted, found, isThere) {
  return Object.entries(wanted).filter(
    ([place, { version, link }]) => place.includes('node_modules/') && !(isThere(place) && (link || found[place]?.version === version)),
  );
}

/**
 * Whether that is a native package for this very platform.
 *
 * @param {{ os?: string[], cpu?: string[], libc?: string[] }} entry of package-lock.json
 * @param {{ platform: string, arch: string, report: { getReport(): object } }} machine
 */
export function isForThisPlatform({ os, cpu, libc }, machine = process) {
  const { platform, arch, report } = machine;
  if (!os && !cpu) return false;
  if (os?.includes(platform) === false || cpu?.includes(arch) === false) return false;
  return !libc || libc.includes(report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl');
}

/** Settings of npm that choose what is installed, and where: meant for another project, or for the whole machine. */
const choosing =
  /^npm_config_(omit|include|only|also|production|dev|optional|global|location|workspaces?|include_workspace_root|dry_run|package_lock(_only)?|install_(strategy|links)|prefix|local_prefix|ignore_scripts|legacy_bundling|global_style|os|cpu|libc|loglevel|silent)$/i;

/**
 * The changes to an environment under which npm installs all of this repository, here. Registry, proxies and credentials stay.
 *
 * @param {Record<string, string | undefined>} env
 */
export function npmEnvironment(env) {
  const dropped = Object.keys(env).filter((name) => choosing.test(name.replaceAll('-', '_')));
  // A cache in a HOME that cannot be written: npm then takes the one in the HOME it gets.
  const cache = missingFolders(env, home, { writing: true }).HOME ? ['npm_config_cache', 'NPM_CONFIG_CACHE'] : [];
  return Object.fromEntries([...dropped, ...cache].map((name) => [name, undefined]));
}

const readPackages = async (file) => JSON.parse(await readFile(file, 'utf8')).packages;

const fingerprintOf = async (file) =>
  createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
