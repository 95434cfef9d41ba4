import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type FileHandle, mkdir, open, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { UsageError } from '../../cli.ts';

/** Held until it is released or this process ends, however it ends. */
type FolderLock = { release(): Promise<void> };

/** The system lets go of a lock some milliseconds after its holder was killed. */
const TRIES = 5;
const PAUSE_MS = 100;

/** Where opening a file can lock it: flags of `open` that Node passes on without naming them. */
const LOCKING_FLAGS: Readonly<Partial<Record<NodeJS.Platform, number>>> = {
  // O_RDWR, O_CREAT, O_NONBLOCK and O_EXLOCK.
  darwin: 0x2 | 0x200 | 0x4 | 0x20,
  freebsd: 0x2 | 0x200 | 0x4 | 0x20,
  // O_RDWR, O_CREAT and libuv's UV_FS_O_EXLOCK.
  win32: 0x2 | 0x100 | 0x10000000,
};

/** What ended an attempt: somebody else holds the lock, or there are no locks here. */
type Refusal = { readonly held: true } | { readonly held: false; readonly reason: string };

type Attempt = FolderLock | Refusal;

const lockByOpening = async (path: string, flags: number): Promise<Attempt> => {
  let file: FileHandle;
  try {
    file = await open(path, flags);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return ['EAGAIN', 'EWOULDBLOCK', 'EBUSY'].includes(code) ? { held: true } : { held: false, reason: code };
  }
  return { release: () => file.close() };
};

/**
 * Node cannot lock a file on Linux; flock of util-linux can, for as long as the program lives that it starts: cat, until this process closes its
 * input or is no more. Out of the terminal's reach, since Ctrl-C comes before the run's last checkpoint.
 */
const lockByProgram = async (path: string): Promise<Attempt> => {
  const child: ChildProcess = spawn('flock', ['-x', '-n', path, 'cat'], { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const { stdin, stdout, stderr } = child;
  let said = '';
  stderr?.on('data', (text) => {
    said += text;
  });
  stdin?.on('error', () => {});
  const ended = new Promise<Refusal>((resolve) => {
    child.once('error', (error) => resolve({ held: false, reason: error.message }));
    child.once('close', (code) =>
      resolve(code === 1 ? { held: true } : { held: false, reason: said.trim() || `flock ended with ${code}` }),
    );
  });
  stdin?.write('\n');
  const locked = once(stdout as NonNullable<typeof stdout>, 'data').then(
    () => ({
      release: async () => {
        stdin?.end();
        await ended;
      },
    }),
    () => ended,
  );
  return Promise.race([locked, ended]);
};

const attempt = (path: string): Promise<Attempt> => {
  const flags = LOCKING_FLAGS[process.platform];
  return flags === undefined ? lockByProgram(path) : lockByOpening(path, flags);
};

const holder = (): string => `process ${process.pid} on ${hostname()}, since ${new Date().toISOString()}`;

const lockFolder = async (folder: string, warn: (text: string) => void): Promise<FolderLock> => {
  const path = join(folder, 'run.lock');
  for (let tries = 1; ; tries++) {
    const tried = await attempt(path);
    if ('release' in tried) {
      // For people alone: the lock holds without it.
      await writeFile(path, `${holder()}\n`).catch(() => {});
      return tried;
    }
    if (!tried.held) {
      warn(`nothing keeps a second run out of ${folder}: it cannot be locked (${tried.reason})`);
      return { release: async () => {} };
    }
    if (tries === TRIES) {
      const by = (await readFile(path, 'utf8').catch(() => '')).trim() || 'another process';
      throw new UsageError(`${folder} is in use by another run (${by}); wait until it ends, or name another folder by --out`);
    }
    await wait(PAUSE_MS);
  }
};

/**
 * Works in a folder while no other run can: its `run.lock` is locked by the operating system, so that, unlike a file with a process id, the
 * lock cannot outlive its holder, however that one dies, nor be taken for another process's.
 *
 * @param warn is told where the system has no locks; the work is then done without
 * @throws UsageError when another run works there, saying which
 */
export const whileLocked = async <T>(folder: string, warn: (text: string) => void, work: () => Promise<T>): Promise<T> => {
  await mkdir(folder, { recursive: true });
  const lock = await lockFolder(folder, warn);
  try {
    return await work();
  } finally {
    await lock.release();
  }
};
