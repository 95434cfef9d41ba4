import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

/** What a house is started with; each has its own data folder and ports. */
export type HouseOptions = { env?: Record<string, string>; home?: string; ports?: [web: number, api: number] };

/** A whole Studyhall as `npm start` makes it: Postgres, API, pages and one trainer. */
export interface House {
  /** The printed link, key included. */
  link: string;
  web: string;
  api: string;
  home: string;
  key: string;
  /** Everything it printed so far. */
  printed(): string;
  /** Asks the API, as the key's owner. Throws on errors. */
  ask<Data>(query: string, variables?: Record<string, unknown>): Promise<Data>;
  /** The processes of its services, as it noted them for its successor. */
  services(): Promise<Record<'api' | 'web' | 'trainer', number>>;
  /** Ctrl-C. Answers the exit code. */
  stop(): Promise<number | null>;
  /** kill -9 of the starter alone. */
  killStarter(): Promise<void>;
}

/** Starts a house and waits for its link. */
export async function startHouse({ env = {}, home: givenHome, ports }: HouseOptions = {}): Promise<House> {
  const home = givenHome ?? (await makeHome());
  const [webPort, apiPort] = ports ?? (await freePorts());
  const child = runStarter({
    STUDYHALL_HOME: home,
    STUDYHALL_DATA: path.join(home, 'data'),
    WEB_PORT: String(webPort),
    API_PORT: String(apiPort),
    STUDYHALL_QUICK_START: '0',
    // With two slots a run computes in one thread: beside other tests, two would wait for each other.
    STUDYHALL_SLOTS: '2',
    ...env,
  });
  const link = await child.until(/open:\s+(\S+\/enter\?key=(\S+))/);
  const [, address = '', key = ''] = link;
  const web = `http://localhost:${webPort}`;
  const api = `http://127.0.0.1:${apiPort}`;
  return {
    link: address,
    web,
    api,
    home,
    key,
    printed: child.printed,
    ask: (query, variables) => ask(api, key, query, variables),
    services: async () => JSON.parse(await readFile(path.join(home, 'house.lock'), 'utf8')).services,
    killStarter: async () => {
      await child.stop('SIGKILL');
    },
    stop: async () => {
      const code = await child.stop();
      if (!givenHome) await rm(home, { recursive: true, force: true });
      return code;
    },
  };
}

/** An empty data folder, which Postgres's user may enter. */
export async function makeHome(): Promise<string> {
  const home = await mkdtemp(path.join(tmpdir(), 'studyhall-house-'));
  await chmod(home, 0o755);
  return home;
}

/** Runs the starter itself, for tests of what it prints. */
export function runStarter(env: Record<string, string>) {
  const child = spawn(process.execPath, ['start/main.mjs'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  const changed = new EventTarget();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      printed += chunk;
      changed.dispatchEvent(new Event('print'));
    });
  }
  const exited = once(child, 'exit').then(([code]) => {
    changed.dispatchEvent(new Event('print'));
    return code as number | null;
  });
  return {
    printed: () => printed,
    exited,
    /** The first match in what it prints; throws with all it printed if it ends before. */
    until: async (pattern: RegExp): Promise<RegExpExecArray> => {
      for (;;) {
        const match = pattern.exec(printed);
        if (match) return match;
        if (child.exitCode !== null || child.signalCode !== null)
          throw new Error(`The starter ended without printing ${pattern}. It printed:\n${printed}`);
        await new Promise((resolve) => changed.addEventListener('print', resolve, { once: true }));
      }
    },
    stop: async (signal: NodeJS.Signals = 'SIGINT') => {
      if (child.exitCode === null && child.signalCode === null) child.kill(signal);
      return await exited;
    },
  };
}

async function ask<Data>(api: string, key: string, query: string, variables: Record<string, unknown> = {}): Promise<Data> {
  const answer = await fetch(`${api}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown[] };
  if (errors) throw new Error(JSON.stringify(errors, null, 2));
  return data;
}

/** Two ports that nobody listens on: held together for a moment, so that they differ. */
export async function freePorts(): Promise<[number, number]> {
  const servers = [net.createServer(), net.createServer()];
  const ports = [];
  for (const server of servers) {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ports.push((server.address() as net.AddressInfo).port);
  }
  for (const server of servers) await once(server.close(), 'close');
  return ports as [number, number];
}
