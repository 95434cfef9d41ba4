import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startApi } from '../api.ts';
import { readSettings } from '../env.ts';
import { ask, type GraphqlError, type Response, type Subscription, subscribe } from './client.ts';

export interface TestApi {
  url: string;
  home: string;
  /** Token of a person. */
  key: string;
  trainerToken: string;
  /** Asks as anyone who may open the page, or with a token. */
  ask<Data>(query: string, variables?: object, token?: string): Promise<Response<Data>>;
  /** Asks and fails the test if there are errors. */
  get<Data>(query: string, variables?: object, token?: string): Promise<Data>;
  /** The first error of what has to fail. */
  refusal(query: string, variables?: object, token?: string): Promise<GraphqlError>;
  subscribe<Data>(query: string, variables?: Record<string, unknown>, token?: string): Subscription<Data>;
  close(): Promise<void>;
}

/**
 * A whole API in this process: on a free port, with a home of its own, over the database given (or an embedded one, if none is).
 *
 * @param env settings as the environment would give them, e.g. `{ LEASE_SECONDS: '1' }`.
 */
export async function startTestApi(databaseUrl: string | undefined, env: Record<string, string> = {}): Promise<TestApi> {
  const home = await mkdtemp(path.join(tmpdir(), 'studyhall-test-'));
  const settings = readSettings({ API_PORT: '0', LOG_LEVEL: 'silent', STUDYHALL_HOME: home, DATABASE_URL: databaseUrl, ...env });
  const api = await startApi(settings);
  const read = async (file: string) => (await readFile(path.join(settings.home, file), 'utf8')).trim();
  const request = <Data>(query: string, variables?: object, token?: string) => ask<Data>(api.url, query, variables, token);
  return {
    url: api.url,
    home: settings.home,
    key: await read('key'),
    trainerToken: await read('trainer-token'),
    ask: request,
    get: async <Data>(query: string, variables?: object, token?: string) => {
      const { data, errors } = await request<Data>(query, variables, token);
      if (errors || !data) throw new Error(`Refused: ${JSON.stringify(errors)}`);
      return data;
    },
    refusal: async (query, variables, token) => {
      const { data, errors } = await request<unknown>(query, variables, token);
      const [error] = errors ?? [];
      if (!error) throw new Error(`That should have been refused, but gave ${JSON.stringify(data)}`);
      return error;
    },
    subscribe: (query, variables, token) => subscribe(api.url, query, variables, token),
    close: async () => {
      await api.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
