import { createHash } from 'node:crypto';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { flush, makeAlone } from './alone.mjs';
import { writeDurably } from './machine/durable.mjs';
import { fingerprint, root, sources } from './place.mjs';

/** What is run as a process of its own, by workspace. */
export const programs = {
  api: ['src/main.ts', 'src/backup/main.ts', 'src/transfer/main.ts'],
  trainer: [
    'src/main.ts',
    'src/daemon/child.ts',
    'src/daemon/probe-engines.ts',
    'src/engine/tensorflow/try-child.ts',
    'src/benchmark/child.ts',
  ],
  web: ['server.ts'],
};
const workspaces = Object.keys(programs);
/** What they are made of; of the web the page server alone, for Next builds the pages. */
const parts = ['api', 'trainer', 'web/server.ts', 'web/src/server', 'contract', 'start'];
/** A daemon that runs on from an older version starts its children from that. */
const versionsKept = 5;

/**
 * Builds the programs, unless they were built from just these sources: each a few files of JavaScript, which Node loads in a third of the
 * time that its hundreds of TypeScript modules take.
 *
 * @returns {Promise<string>} their version, for `programOf`
 */
export async function ensureProgramsBuilt() {
  const files = [...(await sources(...parts)), 'package-lock.json'].filter((file) => !file.includes('.test.'));
  // Built modules name their sources by whole paths: a folder that was moved is built anew.
  const version = createHash('sha256')
    .update(`${root}\0${await fingerprint(files)}`)
    .digest('hex')
    .slice(0, 16);
  const mark = (workspace) => path.join(root, workspace, 'build', version, '.complete');
  const isFresh = async () => (await Promise.all(workspaces.map((workspace) => stat(mark(workspace)).catch(() => null)))).every(Boolean);
  await makeAlone(isFresh, async () => {
    await Promise.all(workspaces.map((workspace) => build(workspace, version)));
    await flush();
    for (const workspace of workspaces) {
      await writeDurably(mark(workspace), '');
      await removeOld(path.join(root, workspace, 'build'), version);
    }
  });
  return version;
}

async function build(workspace, version) {
  const esbuild = await import('esbuild');
  await esbuild.build({
    absWorkingDir: path.join(root, workspace),
    entryPoints: programs[workspace],
    outbase: '.',
    outdir: `build/${version}`,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: true,
    sourcesContent: false,
    // Our own package is part of each program; all others lie in node_modules as they are.
    packages: 'external',
    alias: { '@studyhall/contract': path.join(root, 'contract') },
    define: { 'process.env.STUDYHALL_BUILT': JSON.stringify(version) },
    plugins: [ownPlace],
    logLevel: 'silent',
  });
}

/** Modules keep the address of their source, by which they find files beside it. */
const ownPlace = {
  name: 'own place',
  setup: ({ onLoad }) => {
    onLoad({ filter: /[^.]\.(ts|tsx|mjs)$/ }, async ({ path: file }) => {
      const text = await readFile(file, 'utf8');
      if (!/import\.meta\.(url|dirname)/.test(text)) return undefined;
      const contents = text
        .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(file).href))
        .replaceAll('import.meta.dirname', JSON.stringify(path.dirname(file)));
      return { contents, loader: file.endsWith('.tsx') ? 'tsx' : file.endsWith('.ts') ? 'ts' : 'js' };
    });
  },
};

async function removeOld(folder, current) {
  const versions = (await readdir(folder)).filter((name) => name !== current);
  const aged = await Promise.all(versions.map(async (name) => ({ name, at: (await stat(path.join(folder, name))).mtimeMs })));
  const old = aged.sort((a, b) => b.at - a.at).slice(versionsKept - 1);
  await Promise.all(old.map(({ name }) => rm(path.join(folder, name), { recursive: true, force: true })));
}
