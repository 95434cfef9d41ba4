// `node start/serve.mjs NAME …`: a program as `npm run build` left it, in this very process. Nothing is installed, generated, built or written
// by this, so it runs in an image whose files are another user's, and hears each signal itself.
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { missingFolders } from './machine/folders.mjs';
import { programOf } from './machine/program.mjs';
import { home, root } from './place.mjs';

/** What can be run, by name; some programs are told by their first argument what to do. */
export const served = {
  api: { source: 'api/src/main.ts' },
  web: { source: 'web/server.ts' },
  trainer: { source: 'trainer/src/main.ts' },
  backup: { source: 'api/src/backup/main.ts', args: ['backup'] },
  restore: { source: 'api/src/backup/main.ts', args: ['restore'] },
  export: { source: 'api/src/transfer/main.ts', args: ['export'] },
  import: { source: 'api/src/transfer/main.ts', args: ['import'] },
};

/**
 * The version that was built of a workspace's programs.
 *
 * @param {string} workspace
 * @throws {Error} if there is none, or are several: which one would be right, only `npm start` finds out.
 */
async function builtVersion(workspace) {
  const versions = await readdir(path.join(root, workspace, 'build')).catch(() => []);
  if (versions.length === 1) return versions[0];
  const found = versions.length === 0 ? 'There is no build' : `There are ${versions.length} builds`;
  throw new Error(`${found} in ${path.join(root, workspace, 'build')}, where one is wanted: remove that folder, then npm run build.`);
}

async function main([name = '', ...rest]) {
  if (!Object.hasOwn(served, name)) throw new Error(`"${name}" is no program; there is: ${Object.keys(served).join(', ')}.`);
  const { source, args = [] } = served[name];
  const { file } = programOf(source, await builtVersion(source.split('/')[0]));
  Object.assign(process.env, missingFolders(process.env, home, { writing: true }));
  process.env.NODE_ENV ||= 'production';
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, file, ...args, ...rest];
  await import(pathToFileURL(file).href);
}

if (process.argv[1] === import.meta.filename)
  await main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
