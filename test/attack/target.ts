import { readFile, writeFile } from 'node:fs/promises';
import type { TestApi } from '../../api/src/testing/api.ts';
import { type Response as Answer, ask, subscribe } from '../../api/src/testing/client.ts';
import type { TestDatabase } from '../../api/src/testing/database.ts';
import { TestTrainer } from '../../api/src/testing/fleet.ts';
import type { ChaosApi } from '../chaos/fleet/api.ts';

/** What the attackers aim at, and what they have: no key, a trainer's token, somebody else's. */
export type Target = {
  url: string;
  /** The API's process. */
  pid: number;
  key: string;
  trainerToken: string;
  otherToken: string;
  /** Joins a trainer with the first token, or with another. */
  trainer(changes?: object, token?: string): Promise<TestTrainer>;
  api(token?: string): TestApi;
  /** What takes the attackers too long to bring about, straight in the database. */
  query(sql: string, values?: unknown[]): Promise<unknown>;
};

export async function aimAt(
  api: Pick<ChaosApi, 'url' | 'home' | 'pid' | 'key' | 'ask' | 'trainerToken'>,
  database: Pick<TestDatabase, 'query'>,
): Promise<Target> {
  const trainerToken = await api.trainerToken();
  const create = 'mutation { createToken(name: "another machine", role: TRAINER) { token } }';
  const { createToken } = await api.ask<{ createToken: { token: string } }>(create);
  const asTestApi = (token = trainerToken): TestApi => {
    const request = <Data>(query: string, variables?: object, own?: string) => ask<Data>(api.url, query, variables, own);
    return {
      url: api.url,
      home: api.home,
      key: api.key,
      trainerToken: token,
      ask: request,
      get: async (query, variables, own) => dataOf(await request(query, variables, own)),
      refusal: async (query, variables, own) => {
        const [error] = (await request(query, variables, own)).errors ?? [];
        if (!error) throw new Error(`That should have been refused: ${query}`);
        return error;
      },
      subscribe: (query, variables, own) => subscribe(api.url, query, variables, own),
      close: async () => {},
    };
  };
  return {
    url: api.url,
    pid: api.pid,
    key: api.key,
    trainerToken,
    otherToken: createToken.token,
    trainer: (changes, token) => TestTrainer.join(asTestApi(token), changes),
    api: asTestApi,
    query: (sql, values) => database.query(sql, values),
  };
}

function dataOf<Data>({ data, errors }: Answer<Data>): Data {
  if (errors || !data) throw new Error(JSON.stringify(errors));
  return data;
}

/** Memory that a process holds, in MB: now, and the most it ever did. */
export async function memoryOf(pid: number): Promise<{ now: number; most: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? Number.NaN) / 1024;
  return { now: of('VmRSS'), most: of('VmHWM') };
}

/** Makes the most memory it held mean: from now on. */
export async function forgetPeak(pid: number): Promise<void> {
  await writeFile(`/proc/${pid}/clear_refs`, '5').catch(() => undefined);
}
