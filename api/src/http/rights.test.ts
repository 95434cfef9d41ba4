import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import express from 'express';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { createClient } from 'graphql-ws';
import { beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ask } from '../testing/client.ts';
import { leastQuestion } from '../testing/least-arguments.ts';
import { readRightsTable } from '../testing/rights-table.ts';
import { useApi } from '../testing/suite.ts';
import { guardRoutes } from './route-guard.ts';

const read = (file: string) => readFileSync(fileURLToPath(new URL(`../../../${file}`, import.meta.url)), 'utf8');
const schema: GraphQLSchema = buildSchema(read('contract/schema.graphql'));

const table = readRightsTable();
const rows = (title: string) => table.get(title) ?? [];
const nobody = ['stranger', 'visitor'];

describe('the table of rights', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const tokens: Record<string, string | undefined> = {};
  /** As our web server says it of those who come from beyond this machine. */
  const headersOf = (who: string): Record<string, string> => (who === 'stranger' ? { 'x-studyhall-web': 'public' } : {});

  beforeAll(async () => {
    const create = 'mutation ($name: String!, $scope: Role!) { createToken(name: $name, role: PERSON, scope: $scope) { token } }';
    const token = async (scope: string) =>
      (await suite.api.get<{ createToken: { token: string } }>(create, { name: scope, scope }, suite.api.key)).createToken.token;
    Object.assign(tokens, {
      viewer: await token('VIEWER'),
      member: await token('MEMBER'),
      admin: suite.api.key,
      trainer: suite.api.trainerToken,
    });
  });

  it('holds all that can be asked', () => {
    const named = (type: { getFields(): object } | null | undefined) => Object.keys(type?.getFields() ?? {}).sort();
    const listed = (title: string) =>
      rows(title)
        .map(({ name }) => name)
        .sort();
    expect(listed('Queries')).toEqual(named(schema.getQueryType()));
    expect(listed('Mutations')).toEqual(named(schema.getMutationType()));
    expect(listed('Subscriptions')).toEqual(named(schema.getSubscriptionType()));
    expect([...(rows('Routes')[0]?.allowed.keys() ?? [])]).toEqual(['stranger', 'visitor', 'viewer', 'member', 'admin', 'trainer']);
  });

  const cases = [...(rows('Routes')[0]?.allowed.keys() ?? [])].map(
    (who) => [who, nobody.includes(who) ? 'UNAUTHENTICATED' : 'FORBIDDEN'] as const,
  );

  it.each(cases)('holds for a %s who asks and changes', async (who, refused) => {
    const codeOf = async (operation: 'query' | 'mutation', name: string) => {
      const type = operation === 'query' ? schema.getQueryType() : schema.getMutationType();
      const { query, variables } = leastQuestion(operation, type?.getFields()[name] as never);
      const { errors } = await ask(suite.api.url, query, variables, tokens[who], headersOf(who));
      return (
        errors?.find(({ extensions }) => /^UNAUTHENTICATED|FORBIDDEN$/.test(extensions.code))?.extensions.code ??
        errors?.[0]?.extensions.code
      );
    };
    for (const [operation, title] of [
      ['query', 'Queries'],
      ['mutation', 'Mutations'],
    ] as const)
      for (const { name, allowed } of rows(title)) {
        const code = await codeOf(operation, name);
        if (allowed.get(who)) expect(['UNAUTHENTICATED', 'FORBIDDEN', 'INTERNAL_SERVER_ERROR'], `${who}: ${name}`).not.toContain(code);
        else expect(code, `${who}: ${name}`).toBe(refused);
      }
  });

  it.each(cases)('holds for a %s who subscribes', async (who, refused) => {
    const client = createClient({
      url: `${suite.api.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { headers: headersOf(who) });
        }
      },
      connectionParams: tokens[who] ? { authorization: `Bearer ${tokens[who]}` } : {},
      retryAttempts: 0,
    });
    const answer = async (values: AsyncIterableIterator<{ errors?: unknown }>) => {
      const errors = (await values.next().then(
        ({ value }) => value?.errors,
        (error: unknown) => error,
      )) as { extensions?: { code: string } }[] | undefined;
      return errors?.[0]?.extensions?.code ?? (errors === undefined ? undefined : String(errors));
    };
    /** What was asked before this has been looked at: questions of one socket are taken in turn. */
    const lookedAt = async () => {
      for (let times = 0; times < 3; times += 1) await answer(client.iterate({ query: '{ viewer { name } }' }) as never);
    };
    for (const { name, allowed } of rows('Subscriptions')) {
      const values = client.iterate(leastQuestion('subscription', schema.getSubscriptionType()?.getFields()[name] as never));
      const code = answer(values as never);
      if (allowed.get(who)) expect(['UNAUTHENTICATED', 'FORBIDDEN'], name).not.toContain(await Promise.race([code, lookedAt()]));
      else expect(await code, name).toBe(refused);
    }
    await client.dispose();
  });

  it.each(cases)('holds for a %s on every route', async (who) => {
    for (const { name, allowed } of rows('Routes')) {
      const [method = '', route = ''] = name.split(' ');
      const token = tokens[who];
      const { status } = await fetch(suite.api.url + route.replace(':sha256', '0'.repeat(64)), {
        method,
        headers: { ...headersOf(who), ...(token ? { authorization: `Bearer ${token}` } : {}) },
        ...(method === 'GET' ? {} : { body: 'x' }),
      });
      if (allowed.get(who)) expect([401, 403, 500], name).not.toContain(status);
      else expect(status, name).toBe(nobody.includes(who) ? 401 : 403);
    }
  });

  it('nobody hands out more than they may themselves', async () => {
    const create = 'mutation { createToken(name: "more", role: PERSON, scope: ADMIN) { token } }';
    expect(await suite.api.refusal(create, {}, tokens.member)).toMatchObject({
      message: 'This is for admins; you are a member.',
      extensions: { code: 'FORBIDDEN' },
    });
    const machine = 'mutation { createToken(name: "machine", role: TRAINER) { token } }';
    expect(await suite.api.refusal(machine, {}, tokens.member)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });
});

it('a route that declares no right is not reached, wherever it hangs', async () => {
  const app = express().use(guardRoutes({} as never, { onLoopback: true, publicHosts: [] }));
  app.get('/secrets', (_request, response) => void response.json({ all: 'of them' }));
  app.use('/graphql/more', (_request, response) => void response.json({ all: 'of them' }));
  app.post('/ready', (_request, response) => void response.json({ all: 'of them' }));
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const status = async (path: string, method = 'GET') => (await fetch(`http://127.0.0.1:${port}${path}`, { method })).status;
  expect([await status('/secrets'), await status('/Ready/x'), await status('/graphql/more'), await status('/READY')]).toEqual([
    404, 404, 404, 404,
  ]);
  expect([await status('/ready', 'POST'), await status('/graphql', 'DELETE')]).toEqual([405, 405]);
  server.close();
});
