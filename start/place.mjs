import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFolder } from './machine/environment.mjs';

/** The repository. */
export const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** Where everything that Studyhall keeps lies. */
export const home = readFolder(process.env, 'STUDYHALL_HOME', '.studyhall', root);

/** Where trainers look for datasets. */
export const data = readFolder(process.env, 'STUDYHALL_DATA', 'data', root);

/** Made anew by tools, so no reason to make other things anew. */
const derived = new Set(['node_modules', 'generated', 'build', '.next', 'next-env.d.ts']);

/**
 * All source files below the given files and folders, as paths from the repository's root, sorted.
 * @param {string[]} places
 * @returns {Promise<string[]>}
 */
export async function sources(...places) {
  return (await Promise.all(places.map(filesAt))).flat().sort();
}

async function filesAt(place) {
  const entries = await readdir(path.join(root, place), { withFileTypes: true }).catch((error) => {
    if (error.code === 'ENOTDIR') return null;
    throw error;
  });
  if (entries === null) return [place];
  const kept = entries.filter((entry) => !derived.has(entry.name) && !entry.name.endsWith('.tsbuildinfo'));
  return sources(...kept.map((entry) => `${place}/${entry.name}`));
}

/** SHA-256 over names and contents: equal where nothing changed, whatever the files' times say. */
export async function fingerprint(files) {
  const hash = createHash('sha256').update(process.version);
  // A thousand small files, at every start: to wait for each by itself takes ten times as long.
  for (const file of files)
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)));
  return hash.digest('hex');
}
