import { execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { findBinaries, type PostgresBinaries, postgresEnvironment } from './binaries.ts';
import { type Cluster, openCluster } from './cluster.ts';

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
};

export interface EmbeddedPostgres {
  /** Connection string of database `postgres`; `urlFor` names others. */
  url: string;
  urlFor(database: string): string;
  /** True if a Postgres that an earlier process left behind was taken over. */
  adopted: boolean;
  /** Starts Postgres again on the same port, if it died. */
  revive(): Promise<void>;
  /** Ends it in good order: open transactions are rolled back, everything committed is on disk. */
  stop(): Promise<void>;
}

/**
 * Starts the Postgres that npm installed, or adopts the one that a killed process left running on the same data directory.
 *
 * @throws with Postgres's own last words if it does not start.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries();
  const cluster = await openCluster(options.home, binaries);
  const running = (await adopt(cluster)) ?? (await launch(cluster, binaries, options));
  const { port } = running;
  const urlFor = (database: string) => `postgres://postgres:${cluster.password}@127.0.0.1:${port}/${database}`;
  return {
    url: urlFor('postgres'),
    urlFor,
    adopted: running.adopted,
    revive: async () => {
      if (!(await adopt(cluster))) await launch(cluster, binaries, options, port);
    },
    stop: () => stop(cluster, binaries),
  };
}

type Running = { port: number; adopted: boolean };

/** The Postgres that holds the data directory now, if it answers. */
async function adopt(cluster: Cluster): Promise<Running | undefined> {
  const port = await portInPidFile(cluster);
  return port && (await probe(port, cluster)) === 'ours' ? { port, adopted: true } : undefined;
}

/** Launches Postgres; one that is still shutting down holds the directory for a moment, so it tries until the time is up. */
async function launch(cluster: Cluster, binaries: PostgresBinaries, options: EmbeddedOptions, fixedPort?: number): Promise<Running> {
  const deadline = Date.now() + startTimeoutMs;
  for (;;) {
    const port = fixedPort ?? (await freePort());
    const failure = await launchOnce(cluster, binaries, options, port, deadline);
    if (failure === undefined) return { port, adopted: false };
    const adopted = await adopt(cluster);
    if (adopted) return adopted;
    if (/lock file/.test(failure) && (await probe(await portInPidFile(cluster), cluster)) === 'wrong password') throw lostPassword(cluster);
    const transient = /lock file|shared memory|Address already in use|starting up|shutting down/i.test(failure);
    if (!transient || Date.now() > deadline) {
      throw new Error(`Postgres did not start on ${cluster.dataFolder}:\n${failure}\nIts log is ${logFile(options)}.`);
    }
    await removeForeignPidFile(cluster);
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
    while (!exited && Date.now() < deadline) {
      const answer = await probe(port, cluster);
      if (answer === 'ours') return undefined;
      if (answer === 'wrong password') {
        child.kill('SIGINT');
        throw lostPassword(cluster);
      }
      await Promise.race([delay(20), failed]);
    }
    if (!exited) child.kill('SIGINT');
    const said = (await readFile(logFile(options), 'utf8')).slice(from).trim();
    return said || 'It said nothing.';
  } finally {
    await log.close();
  }
}

type Answer = 'ours' | 'other' | 'wrong password' | 'silent';

/** Who is on that port: the Postgres that serves our data directory? */
async function probe(port: number, { password, dataFolder }: Cluster): Promise<Answer> {
  const client = new pg.Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  });
  client.on('error', () => {});
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

/**
 * In a container that was killed, the number in postmaster.pid may meanwhile belong to another program, and Postgres would refuse to
 * start for ever. Where /proc tells, such a file is removed.
 */
async function removeForeignPidFile(cluster: Cluster): Promise<void> {
  const pid = Number((await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid) return;
  const name = await readFile(`/proc/${pid}/comm`, 'utf8').catch(() => undefined);
  if (name !== undefined && name.trim() !== 'postgres') await rm(pidFile(cluster), { force: true });
}

async function stop(cluster: Cluster, { bin, identity }: PostgresBinaries): Promise<void> {
  const held = await readFile(pidFile(cluster), 'utf8').catch(() => undefined);
  if (held === undefined) return;
  const options = { ...identity, env: postgresEnvironment, cwd: '/' };
  await run(path.join(bin, 'pg_ctl'), ['stop', '-D', cluster.dataFolder, '-m', 'fast', '-w', '-t', '30'], options).catch(async (error) => {
    if (await readFile(pidFile(cluster)).catch(() => undefined)) throw error;
  });
}

async function portInPidFile(cluster: Cluster): Promise<number> {
  return Number((await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n')[3]) || 0;
}

const lostPassword = ({ passwordFile, dataFolder }: Cluster) =>
  new Error(`The password in ${passwordFile} is not that of the database in ${dataFolder}: bring the file back, or remove that folder.`);

const pidFile = (cluster: Cluster) => path.join(cluster.dataFolder, 'postmaster.pid');
const logFile = (options: EmbeddedOptions) => path.join(options.home, 'postgres.log');

async function freePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}
