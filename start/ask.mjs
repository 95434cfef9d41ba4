import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { inUrl, reachable, readHost, readPort, readText } from './machine/environment.mjs';
import { home } from './place.mjs';

/** What a command that asks a running Studyhall may be told of it, and how its help says so. */
export const askOptions = { api: { type: 'string' }, key: { type: 'string' } };
export const ASK_HELP = `  --api URL       the API, or the web page's address (STUDYHALL_API_URL; http://127.0.0.1:4000)
  --key KEY       the key of a person (STUDYHALL_KEY; else the one in STUDYHALL_HOME)`;

/** How to ask a running Studyhall as a person. @throws if there is no key. */
export async function askPerson({ api, key }) {
  const { env } = process;
  const local = () => `http://${inUrl(reachable(readHost(env, 'API_HOST')))}:${readPort(env, 'API_PORT', 4000)}`;
  const apiUrl = api ?? readText(env, 'STUDYHALL_API_URL') ?? local();
  return { apiUrl, ask: asker(apiUrl, key ?? readText(env, 'STUDYHALL_KEY') ?? (await readKey())) };
}

async function readKey() {
  return (
    await readFile(path.join(home, 'key'), 'utf8').catch(() => {
      throw new Error(`No key lies in ${home}. Start Studyhall (npm start), or name its key by --key or STUDYHALL_KEY.`);
    })
  ).trim();
}

function asker(apiUrl, key) {
  return async (query, variables) => {
    const address = /^[a-z]+:\/\//i.test(apiUrl) ? apiUrl : `http://${apiUrl}`;
    const answer = await fetch(`${address.replace(/\/(graphql)?\/?$/, '')}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
      body: JSON.stringify({ query, variables }),
    }).catch((error) => {
      throw new Error(
        `Nothing answers at ${apiUrl} (${error.cause?.code ?? error.message}): start Studyhall first (npm start), or name its address by --api.`,
      );
    });
    const { data, errors } = await answer.json().catch(() => ({ errors: [{ message: `${apiUrl} answered ${answer.status}` }] }));
    if (errors) throw new Error(errors.map(({ message }) => message).join('\n'));
    return data;
  };
}
