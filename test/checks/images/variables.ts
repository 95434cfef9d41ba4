import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { root, sources } from '../../../start/place.mjs';

/** What the programs are made of that read variables. */
const parts = {
  api: ['api/src', 'start/place.mjs'],
  web: ['web/server.ts', 'web/src', 'web/next.config.ts', 'start/place.mjs'],
  trainer: ['trainer/src', 'start/place.mjs'],
  backups: ['docker/backups.mjs', 'api/src', 'start/place.mjs'],
} as const;

export type Program = keyof typeof parts;

/** What Node, and what others bring into an image, read themselves. */
const ofOthers = ['NODE_ENV', 'HOME'];

/** Names of all variables that a program reads, found where it reads them. */
export async function variablesOf(...programs: Program[]): Promise<Set<string>> {
  const files = (await sources(...programs.flatMap((program) => parts[program]))).filter((file) => !file.includes('.test.'));
  const texts = await Promise.all(
    files.filter((file) => /\.(ts|tsx|mjs)$/.test(file)).map((file) => readFile(path.join(root, file), 'utf8')),
  );
  const reading = /\b(?:read[A-Z]\w*|required|countOf)\([^()]*?'([A-Z][A-Z0-9_]+)'|\benv\.([A-Z][A-Z0-9_]+)/g;
  const names = texts.flatMap((text) => [...text.matchAll(reading)].map(([, read, plain]) => read ?? plain ?? ''));
  return new Set([...names, ...ofOthers]);
}

/** Which of these names no program reads. */
export async function unread(names: Iterable<string>, ...programs: Program[]): Promise<string[]> {
  const known = await variablesOf(...programs);
  return [...names].filter((name) => !known.has(name));
}
