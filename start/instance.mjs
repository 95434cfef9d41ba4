import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeDurably } from './machine/durable.mjs';
import { home } from './place.mjs';

/** A short name of the Studyhall that lies in this home, drawn once: its pages' cookie carries it, to be told from others' on this host. */
export async function instanceName() {
  const file = path.join(home, 'instance');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (/^[0-9a-f]{8}$/.test(known)) return known;
  const drawn = randomBytes(4).toString('hex');
  // Should it be lost, or cannot be kept, visitors open the printed link once more: no reason to show no pages.
  await writeDurably(file, `${drawn}\n`).catch(() => undefined);
  return drawn;
}
