import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runQuietly } from './command.mjs';
import { fingerprint, root, sources } from './place.mjs';

/** Builds the pages unless they were built from just these sources. Answers whether it had to. */
export async function ensureWebBuilt() {
  const print = await fingerprint([...(await sources('web')), 'api/schema.graphql', 'package-lock.json']);
  const mark = path.join(root, 'web/.next/.sources');
  if ((await readFile(mark, 'utf8').catch(() => '')) === print) return false;
  await runQuietly('Building the pages', 'next', ['build', 'web'], {
    NEXT_TELEMETRY_DISABLED: '1',
    NODE_ENV: 'production',
  });
  await writeFile(mark, print);
  return true;
}
