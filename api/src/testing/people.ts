import { randomBytes } from 'node:crypto';
import { hashOf } from '../access/tokens.ts';
import type { TestApi } from './api.ts';
import { ask } from './client.ts';
import type { TestDatabase } from './database.ts';
import { raw } from './raw.ts';

export const password = 'correct horse battery';

type Role = 'VIEWER' | 'MEMBER' | 'ADMIN';
type Answer = { status: number; session?: string; code?: string; message?: string; headers: Record<string, unknown> };

/** Somebody at a browser: asks with their session's cookie. */
export interface TestPerson {
  session: string;
  headers: { cookie: string };
  get<Data>(query: string, variables?: object): Promise<Data>;
  /** The code of the first error of what has to fail. */
  code(query: string, variables?: object): Promise<string | undefined>;
}

export async function makeInvitation(api: TestApi, role: Role): Promise<{ id: string; token: string }> {
  const query = 'mutation ($role: Role!) { invite(role: $role) { token invitation { id } } }';
  const { invite } = await api.get<{ invite: { token: string; invitation: { id: string } } }>(query, { role }, api.key);
  return { id: invite.invitation.id, token: invite.token };
}

/** Makes an account by an invitation. */
export async function join(api: TestApi, name: string, role: Role): Promise<TestPerson> {
  const { token: invitation } = await makeInvitation(api, role);
  return atBrowser(api, sessionOf(await post(api, '/join', { invitation, name, password })));
}

/** Somebody who is signed in already, without the time that a password takes. */
export async function seat({ api, database }: { api: TestApi; database: TestDatabase }, name: string, role: Role): Promise<TestPerson> {
  const session = randomBytes(16).toString('hex');
  await database.query(
    `WITH person AS (
       INSERT INTO people (id, name, username, role) VALUES ('person_' || md5($1), $1, lower($1), $2::role)
       ON CONFLICT (username) DO UPDATE SET updated_at = now() RETURNING id)
     INSERT INTO sessions (id, person_id, token, expires_at) SELECT 'session_' || $3, id, $3, now() + interval '30 days' FROM person`,
    [name, role, hashOf(session)],
  );
  return atBrowser(api, session);
}

export async function signIn(api: TestApi, name: string, given = password, address = '198.51.100.1'): Promise<TestPerson> {
  return atBrowser(api, sessionOf(await post(api, '/sign-in', { name, password: given }, { 'x-studyhall-address': address })));
}

/** POST /sign-in or /join, as the pages' server sends it. */
export async function post(api: TestApi, path: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await raw(`${api.url}${path}`, { 'content-type': 'application/json', ...headers }, text);
  const { session, errors } = JSON.parse(answer.text) as { session?: string; errors?: { message: string; extensions: { code: string } }[] };
  const [error] = errors ?? [];
  return {
    status: answer.status,
    headers: answer.headers,
    ...(session ? { session } : {}),
    ...(error ? { code: error.extensions.code, message: error.message } : {}),
  };
}

export function atBrowser(api: TestApi, session: string): TestPerson {
  const headers = { cookie: `theme=dark; studyhall_3000_1a2b3c4d=${session}` };
  const request = (query: string, variables: object = {}) => ask<unknown>(api.url, query, variables, undefined, headers);
  return {
    session,
    headers,
    get: async <Data>(query: string, variables?: object) => {
      const { data, errors } = await request(query, variables);
      if (errors || !data) throw new Error(`Refused: ${JSON.stringify(errors)}`);
      return data as Data;
    },
    code: async (query, variables) => (await request(query, variables)).errors?.[0]?.extensions.code,
  };
}

function sessionOf({ session, message }: Answer): string {
  if (!session) throw new Error(`Not signed in: ${message}`);
  return session;
}
