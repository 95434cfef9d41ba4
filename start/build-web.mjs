import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { flush, makeAlone } from './alone.mjs';
import { runQuietly } from './command.mjs';
import { writeDurably } from './machine/durable.mjs';
import { fingerprint, root, sources } from './place.mjs';

/** BASE_PATH with one slash before it and none behind, or empty; whether it can be one, the pages' build says. */
export const basePath = (process.env.BASE_PATH ?? '').trim().replace(/^\/?(.*?)\/?$/, (_, inner) => (inner ? `/${inner}` : ''));

/** Says of which sources, and for which path, the pages were built. */
export const pagesMark = 'web/.next/.sources';
const mark = path.join(root, pagesMark);

const wantedPrint = async () => `${await fingerprint([...(await sources('web', 'contract')), 'package-lock.json'])} ${basePath}`;

/** Whether the pages are built from just these sources, for just this path. */
export const isWebBuilt = async () => (await readFile(mark, 'utf8').catch(() => '')) === (await wantedPrint());

/** Builds the pages unless they are. Answers whether it had to. */
export async function ensureWebBuilt() {
  const print = await wantedPrint();
  const isFresh = async () => (await readFile(mark, 'utf8').catch(() => '')) === print;
  return makeAlone(isFresh, async () => {
    await runQuietly('Building the pages', 'next', ['build', 'web'], { NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production' });
    await flush();
    await writeDurably(mark, print);
  });
}
