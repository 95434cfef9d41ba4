import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, realpath, rm } from 'node:fs/promises';
import { createConnection, createServer, type Server } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { errorCode, writeDurably } from './durable.ts';

/** Name of the file of benchmarks in a trainer's home. */
export const BENCHMARKS = 'benchmarks.json';

/** The folder a trainer keeps between starts, held by one daemon at a time. */
export type TrainerHome = {
  /** Names this trainer to the API, for good. */
  readonly key: string;
  /** A folder per attempt that is under way. */
  readonly jobs: string;
  readonly cache: string;
  /** File of what this machine's engines reach. */
  readonly benchmarks: string;
  release(): Promise<void>;
};

/** @throws Error when another daemon already works in this folder. */
export async function openHome(folder: string): Promise<TrainerHome> {
  const jobs = join(folder, 'jobs');
  await mkdir(jobs, { recursive: true, mode: 0o700 });
  const lock = await holdLock(await realpath(folder));
  return {
    key: await readKey(join(folder, 'key')),
    jobs,
    cache: join(folder, 'cache'),
    benchmarks: join(folder, BENCHMARKS),
    release: () => new Promise((resolve) => lock.close(() => resolve())),
  };
}

async function readKey(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    const key = `${hostname()}-${randomUUID()}`;
    await writeDurably(path, key);
    return key;
  }
}

/**
 * A listening socket as the lock: unlike a file with a process id it cannot outlive its holder, however that one dies.
 * It lies in the system's folder for temporary files because a socket's path may have about 100 characters only.
 */
async function holdLock(folder: string): Promise<Server> {
  const name = `studyhall-${userInfo().uid}-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const address = process.platform === 'win32' ? `\\\\.\\pipe\\${name}` : join(tmpdir(), `${name}.sock`);
  if (await answers(address)) {
    throw new Error(`another trainer already works in ${folder}; stop it, or give this one its own folder by STUDYHALL_HOME`);
  }
  if (process.platform !== 'win32') await rm(address, { force: true });
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, resolve);
  });
  return server.unref();
}

function answers(address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(address);
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
