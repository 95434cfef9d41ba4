import { createHash, type Hash } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { type Survey, surveyDatasets } from './describe.ts';
import type { DataFolders } from './folders.ts';

/** Files lie in a class, in a split, in a dataset, in the data folder. Links back up would go on for ever. */
const deepest = 5;

const slash = Buffer.from('/');

/**
 * Surveys the datasets of a machine, and again only once their files have changed: reading and hashing some gigabytes takes minutes, looking
 * at their sizes and times takes none.
 */
export class KeptSurvey {
  readonly #folders: DataFolders;
  readonly #read: typeof surveyDatasets;
  #state = '';
  #survey: Survey | null = null;

  constructor(folders: DataFolders, read = surveyDatasets) {
    this.#folders = folders;
    this.#read = read;
  }

  async current(): Promise<Survey> {
    // Looked at first: what changes while the files are read is seen the next time.
    const state = await stateOf(this.#folders.data);
    if (this.#survey === null || state !== this.#state) this.#survey = await this.#read(this.#folders);
    this.#state = state;
    return this.#survey;
  }
}

/** Equal as long as no file of the folder, however deep, was added, removed, written, or made readable. */
async function stateOf(folder: string): Promise<string> {
  const hash = createHash('sha256');
  await addFolder(hash, Buffer.from(folder), deepest);
  return hash.digest('hex');
}

async function addFolder(hash: Hash, folder: Buffer, levels: number): Promise<void> {
  const names = await readdir(folder, { encoding: 'buffer' }).catch((error: NodeJS.ErrnoException) => {
    hash.update(`${error.code}\n`);
    return [];
  });
  for (const name of names.sort(Buffer.compare)) {
    const path = Buffer.concat([folder, slash, name]);
    const found = await stat(path).catch(() => null);
    hash.update(name).update(found ? `\0${found.ino} ${found.size} ${found.mtimeMs} ${found.ctimeMs}\n` : '\0\n');
    if (found?.isDirectory() && levels > 1) await addFolder(hash, path, levels - 1);
  }
}
