import { randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rename } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { explainUnwritable, writeDurably } from '../../../start/machine/durable.mjs';
import { holdLock } from '../../../start/machine/lock.mjs';
import { errorCode } from './durable.ts';
import type { Log } from './log.ts';
import { stampOf } from './stamp.ts';

/** Name of the file of benchmarks in a trainer's home. */
export const BENCHMARKS = 'benchmarks.json';

/** The folder a trainer keeps between starts, held by one daemon at a time. */
export type TrainerHome = {
  /** Names this trainer to the API, for good, unless the folder turns out to be a copy. */
  readonly key: string;
  /** Says where this folder is; a copy of it says something else. */
  readonly stamp: string;
  /** Whether it is where its key was last used: the jobs in it are this trainer's own, no copies. */
  readonly settled: boolean;
  /** Whether its key was last used somewhere else. */
  readonly moved: boolean;
  /** A folder per attempt that is under way. */
  readonly jobs: string;
  readonly cache: string;
  /** File of what the claim under way is called. */
  readonly claim: string;
  /** File of what this machine's engines reach. */
  readonly benchmarks: string;
  /** The API has taken key and stamp: this is the key's place from now on. */
  settle(): Promise<void>;
  /** Another trainer goes by the key: this one makes its own. */
  begin(): Promise<void>;
  /** Jobs that came with a copy are the other trainer's. @returns where they lie now. */
  setJobsAside(): Promise<string>;
  release(): void;
};

/** @throws Error when another daemon already works in this folder, or it cannot be written. */
export async function openHome(folder: string, log?: Log): Promise<TrainerHome> {
  try {
    await mkdir(join(folder, 'jobs'), { recursive: true, mode: 0o700 });
    const lock = await holdLock(join(folder, 'lock'));
    if (!lock) throw new Error(`another trainer already works in ${folder}; stop it, or give this one its own folder by STUDYHALL_HOME`);
    return await Home.read(folder, lock.release, log).catch((error: unknown) => {
      lock.release();
      throw error;
    });
  } catch (error) {
    throw new Error(explainUnwritable(error, folder, 'STUDYHALL_HOME') ?? (error as Error).message, { cause: error });
  }
}

class Home implements TrainerHome {
  readonly #folder: string;
  readonly release: () => void;
  readonly stamp: string;
  #key: string;
  /** Where it was last used; empty: nowhere yet. */
  #used: string;

  private constructor(folder: string, release: () => void, key: string, stamp: string, used: string) {
    this.#folder = folder;
    this.release = release;
    this.stamp = stamp;
    this.#key = key;
    this.#used = used;
  }

  static async read(folder: string, release: () => void, log?: Log): Promise<Home> {
    const stamp = await stampOf(await realpath(folder));
    const used = (await readFile(join(folder, 'stamp'), 'utf8').catch(() => '')).trim();
    return new Home(folder, release, await readKey(join(folder, 'key'), log), stamp, used);
  }

  get key(): string {
    return this.#key;
  }

  get settled(): boolean {
    return this.#used === this.stamp;
  }

  get moved(): boolean {
    return this.#used !== '' && !this.settled;
  }

  get jobs(): string {
    return join(this.#folder, 'jobs');
  }

  get cache(): string {
    return join(this.#folder, 'cache');
  }

  get claim(): string {
    return join(this.#folder, 'claim');
  }

  get benchmarks(): string {
    return join(this.#folder, BENCHMARKS);
  }

  async settle(): Promise<void> {
    if (this.settled) return;
    await writeDurably(join(this.#folder, 'stamp'), this.stamp);
    this.#used = this.stamp;
  }

  async begin(): Promise<void> {
    this.#key = await makeKey(join(this.#folder, 'key'));
  }

  async setJobsAside(): Promise<string> {
    const aside = join(this.#folder, `jobs-of-another-${Date.now()}`);
    await rename(this.jobs, aside);
    await mkdir(this.jobs, { mode: 0o700 });
    return aside;
  }
}

/** A host's name, which may be long, and a UUID. */
const KEY = /^.{0,163}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A key that a power cut left empty or in part names nobody: it is set aside, and the trainer goes on as a new one. */
async function readKey(path: string, log?: Log): Promise<string> {
  let key: string;
  try {
    key = (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return makeKey(path);
    throw new Error(`this trainer's key in ${path} cannot be read (${(error as Error).message}): let this user read it`, { cause: error });
  }
  if (KEY.test(key)) return key;
  await rename(path, `${path}.damaged`);
  log?.warn(`${path} held no whole key (it lies beside it as key.damaged): this trainer joins as a new one`);
  return makeKey(path);
}

async function makeKey(path: string): Promise<string> {
  const key = `${hostname().slice(0, 100)}-${randomUUID()}`;
  await writeDurably(path, key);
  return key;
}
