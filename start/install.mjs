import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { runQuietly } from './command.mjs';
import { root } from './place.mjs';

/** Installs what package-lock.json asks for, unless it is there already. Answers whether it had to. */
export async function ensureInstalled() {
  if (await isInstalled()) return false;
  await runQuietly('Installing', 'npm', ['ci']);
  return true;
}

async function isInstalled() {
  const wanted = await readPackages('package-lock.json');
  const found = await readPackages('node_modules/.package-lock.json').catch(() => null);
  if (!found) return false;
  return Object.entries(wanted).every(([place, { version, optional, devOptional, link }]) => {
    if (!place.includes('node_modules/') || optional || devOptional || link) return true;
    return found[place]?.version === version;
  });
}

const readPackages = async (file) => JSON.parse(await readFile(path.join(root, file), 'utf8')).packages;
