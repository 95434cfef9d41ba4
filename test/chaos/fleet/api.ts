import { readdir, readFile, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { Service } from './service.ts';
import { until } from './until.ts';

export type ApiSettings = { databaseUrl: string; home: string; leaseSeconds: number; renewSeconds: number; env?: Record<string, string> };

/** An API in a process of its own, which can be killed and started again at the same address. */
export class ChaosApi {
  #service: Service | null = null;
  /** The person's key. */
  key = '';

  private constructor(
    readonly url: string,
    readonly home: string,
    readonly env: Record<string, string>,
  ) {}

  static async start({ databaseUrl, home, leaseSeconds, renewSeconds, env = {} }: ApiSettings): Promise<ChaosApi> {
    const port = await freePort();
    const api = new ChaosApi(`http://127.0.0.1:${port}`, home, {
      API_PORT: String(port),
      DATABASE_URL: databaseUrl,
      STUDYHALL_HOME: home,
      LEASE_SECONDS: String(leaseSeconds),
      RENEW_SECONDS: String(renewSeconds),
      LOG_LEVEL: 'warn',
      ...env,
    });
    await api.restart();
    return api;
  }

  /** Everything it has written since it was started. */
  get output(): string {
    return this.#service?.output ?? '';
  }

  get pid(): number {
    return this.#service?.pid ?? 0;
  }

  async restart(): Promise<void> {
    const service = new Service('api/src/main.ts', [], this.env);
    this.#service = service;
    await until(
      'the API is healthy',
      () => this.#healthy(service),
      (healthy) => healthy,
    );
    this.key = (await readFile(join(this.home, 'key'), 'utf8')).trim();
  }

  async #healthy(service: Service): Promise<boolean> {
    if (!service.running) throw new Error(`the API ended:\n${service.output}`);
    return fetch(`${this.url}/healthz`).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  async kill(): Promise<void> {
    await this.#service?.end('SIGKILL');
  }

  /** @returns its exit code; null if the signal itself ended it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    return (await this.#service?.end(signal)) ?? null;
  }

  /** Asks as a teammate would, or with another token. */
  async ask<T>(query: string, variables: Record<string, unknown> = {}, token = this.key): Promise<T> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as {
      data?: T;
      errors?: { message: string; extensions?: { code?: string; problems?: unknown } }[];
    };
    const error = errors?.[0];
    if (error) throw new Error(`${error.extensions?.code}: ${error.message} ${JSON.stringify(error.extensions?.problems ?? '')}`);
    return data as T;
  }

  /** Damages every file it stores, as a failing disk would. */
  async corruptArtifacts(): Promise<void> {
    const folder = join(this.home, 'artifacts');
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) await writeFile(join(entry.parentPath, entry.name), 'damaged', { flag: 'r+' });
    }
  }

  async trainerToken(): Promise<string> {
    return (await readFile(join(this.home, 'trainer-token'), 'utf8')).trim();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
