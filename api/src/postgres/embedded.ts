import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, open, readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBinaries, type PostgresBinaries } from './binaries.ts';
import { createClient } from './client.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { embeddedUrl, postgresEnvironment } from './environment.ts';
import { postgresIdentity } from './identity.ts';
import { holderOf, portInPidFile, removeStalePidFile } from './pid-file.ts';

const run = promisify(execFile);

/** How long Postgres may take to accept connections; it recovers from a crash in this time, too. */
const startTimeoutMs = 60_000;

export type EmbeddedOptions = {
  /** Folder for data, password and log; absolute. */
  home: string;
  /** Further settings, e.g. `{ fsync: 'off' }` in tests. */
  settings?: Record<string, string>;
  /** Out of our process group (the default), so that Ctrl-C ends us first and Postgres by `stop`. */
  detached?: boolean;
  /** Aborted when this process is told to end: then nothing is started, or it is ended again. */
  signal?: AbortSignal;
  /** What a person should know. */
  log?(message: string): void;
};

export interface EmbeddedPostgres {
  /** Connection string of database `postgres`; `urlFor` names others. */
  url: string;
  urlFor(database: string): string;
  /** True if a Postgres that an earlier process left behind was taken over. */
  adopted: boolean;
  /** Starts Postgres again on the same port, if it died. Resolves with whether it had. */
  revive(): Promise<boolean>;
  /** Ends it in good order: open transactions are rolled back, everything committed is on disk. `hurry`: at once, also while it ends. */
  stop(hurry?: AbortSignal): Promise<void>;
}

/**
 * Starts the Postgres that npm installed, or adopts the one that a killed process left running on the same data directory.
 *
 * @throws with Postgres's own last words if it does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const { home, settings, signal, log = () => undefined } = options;
  await mkdir(home, { recursive: true });
  const binaries = await findBinaries(await postgresIdentity(path.join(home, 'data')));
  signal?.throwIfAborted();
  const cluster = await openCluster(home, binaries, { sync: settings?.fsync !== 'off', log });
  const running = (await adopt(cluster)) ?? (await launch(cluster, binaries, options));
  const { port } = running;
  const urlFor = (database: string) => embeddedUrl(port, cluster.password, database);
  return {
    url: urlFor('postgres'),
    urlFor,
    adopted: running.adopted,
    revive: async () => !(await adopt(cluster)) && !(await launch(cluster, binaries, options, port)).adopted,
    stop: (hurry) => stop(cluster, binaries, hurry),
  };
}

/** Connects to the one that another process of ours started on `home`; starts nothing. @returns a database's address, or undefined. */
export async function findEmbeddedPostgres(home: string, database: string): Promise<string | undefined> {
  const binaries = await findBinaries(await postgresIdentity(path.join(home, 'data')));
  const cluster = await openCluster(home, binaries, { sync: true, log: () => undefined });
  const running = await adopt(cluster);
  return running && embeddedUrl(running.port, cluster.password, database);
}

type Running = { port: number; adopted: boolean };

/** The Postgres that holds the data directory now, if it answers. */
async function adopt(cluster: Cluster): Promise<Running | undefined> {
  const port = await portInPidFile(cluster.dataFolder);
  return port && (await probe(port, cluster)) === 'ours' ? { port, adopted: true } : undefined;
}

/** Launches Postgres; one that is still shutting down holds the directory for a moment, so it tries until the time is up. */
async function launch(cluster: Cluster, binaries: PostgresBinaries, options: EmbeddedOptions, fixedPort?: number): Promise<Running> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const port = fixedPort ?? (await freePort());
    const failure = await launchOnce(cluster, binaries, options, port, deadline);
    if (failure === undefined) return { port, adopted: false };
    const adopted = await adopt(cluster);
    if (adopted) return adopted;
    if (/lock file/.test(failure) && (await probe(await portInPidFile(cluster.dataFolder), cluster)) === 'wrong password')
      throw lostPassword(cluster);
    const transient = /lock file|shared memory|Address already in use|starting up|shutting down/i.test(failure);
    if (!transient || Date.now() > deadline) {
      throw new Error(`Postgres did not start on ${cluster.dataFolder}:\n${failure}\nIts log is ${logFile(options)}.`);
    }
    await removeStalePidFile(cluster.dataFolder);
    await delay(100);
  }
}

/** @returns undefined once it accepts connections, else what it said before it exited. */
async function launchOnce(
  cluster: Cluster,
  { bin, identity }: PostgresBinaries,
  options: EmbeddedOptions,
  port: number,
  deadline: number,
): Promise<string | undefined> {
  const settings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', ...options.settings };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(logFile(options), 'a');
  const from = (await log.stat()).size;
  const child = spawn(path.join(bin, 'postgres'), ['-D', cluster.dataFolder, '-p', String(port), ...flags], {
    ...identity,
    env: postgresEnvironment,
    cwd: '/',
    detached: options.detached ?? true,
    stdio: ['ignore', log.fd, log.fd],
  });
  let exited = false;
  const failed = new Promise<void>((resolve) => {
    child.once('error', (error) => {
      createWriteStream(logFile(options), { flags: 'a' }).end(`${error.message}\n`, resolve);
      exited = true;
    });
    child.once('exit', () => {
      exited = true;
      resolve();
    });
  });
  child.unref();
  try {
    while (!exited && Date.now() < deadline && !options.signal?.aborted) {
      const answer = await probe(port, cluster);
      if (answer === 'ours') return undefined;
      if (answer === 'wrong password') {
        child.kill('SIGINT');
        throw lostPassword(cluster);
      }
      await Promise.race([delay(20), failed]);
    }
    if (!exited) child.kill('SIGINT');
    // Nothing else may be under way that keeps this process from ending before it.
    child.ref();
    if (options.signal?.aborted) await failed;
    options.signal?.throwIfAborted();
    const said = (await readFile(logFile(options), 'utf8')).slice(from).trim();
    return said || 'It said nothing.';
  } finally {
    await log.close();
  }
}

type Answer = 'ours' | 'other' | 'wrong password' | 'silent';

/** Who is on that port: the Postgres that serves our data directory? */
async function probe(port: number, { password, dataFolder }: Cluster): Promise<Answer> {
  const client = createClient(embeddedUrl(port, password, 'postgres'), { connectionTimeoutMillis: 2000 });
  try {
    await client.connect();
    const { rows } = await client.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`);
    return path.resolve(rows[0]?.folder ?? '') === path.resolve(dataFolder) ? 'ours' : 'other';
  } catch (error) {
    return (error as { code?: string }).code === '28P01' ? 'wrong password' : 'silent';
  } finally {
    await client.end().catch(() => {});
  }
}

async function stop(cluster: Cluster, binaries: PostgresBinaries, hurry?: AbortSignal): Promise<void> {
  const fast = end(cluster, binaries, 'fast');
  const hurried = new Promise<void>((resolve, reject) => {
    const now = () => void end(cluster, binaries, 'immediate').then(resolve, reject);
    if (hurry?.aborted) now();
    else hurry?.addEventListener('abort', now, { once: true });
  });
  await Promise.race([fast, hurried]);
}

async function end({ dataFolder }: Cluster, { bin, identity }: PostgresBinaries, mode: 'fast' | 'immediate'): Promise<void> {
  if (!(await holderOf(dataFolder))) return;
  const options = { ...identity, env: postgresEnvironment, cwd: '/' };
  await run(path.join(bin, 'pg_ctl'), ['stop', '-D', dataFolder, '-m', mode, '-w', '-t', '50'], options).catch(async (error) => {
    if (await holderOf(dataFolder)) throw error;
  });
}

const lostPassword = ({ passwordFile, dataFolder }: Cluster) =>
  new Error(
    `The password in ${passwordFile} is not that of the database in ${dataFolder}: bring the file back. If it is lost, remove it (not the data) while nothing runs, and the next start sets a new one.`,
  );

const logFile = (options: EmbeddedOptions) => path.join(options.home, 'postgres.log');

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
