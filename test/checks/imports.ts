import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sources } from '../../start/place.mjs';
import { readImports, violations } from './import-rules.ts';

const root = path.resolve(import.meta.dirname, '../..');
const files = (await sources('contract', 'api', 'trainer', 'web', 'test', 'start')).filter((file) => /\.(tsx?|mjs)$/.test(file));
const edges = (await Promise.all(files.map(async (file) => readImports(file, await readFile(path.join(root, file), 'utf8'))))).flat();
if (edges.length < files.length) throw new Error(`Only ${edges.length} imports were found in ${files.length} files: the reader is broken.`);
for (const { from, to, rule } of violations(edges)) {
  console.error(`${from} imports ${to}\n  ${rule}`);
  process.exitCode = 1;
}
