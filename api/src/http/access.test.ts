import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { buildSchema as fromText } from 'graphql';
import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { ask, subscribe } from '../testing/client.ts';
import { TestTrainer } from '../testing/fleet.ts';
import { raw } from '../testing/raw.ts';
import { useApi } from '../testing/suite.ts';

const viewer = '{ viewer { name canRead canWrite } }';

describe('who may do what', () => {
  const suite = useApi();
  const { refusal, get } = {
    refusal: (...args: Parameters<typeof suite.api.refusal>) => suite.api.refusal(...args),
    get: (...args: Parameters<typeof suite.api.get>) => suite.api.get(...args),
  };

  it('reading is open on loopback, writing is not', async () => {
    expect(await get(viewer)).toEqual({ viewer: { name: null, canRead: true, canWrite: false } });
    expect((await refusal('mutation { createExperiment(title: "T") { id } }')).extensions.code).toBe('UNAUTHENTICATED');
  });

  it('every mutation refuses anonymous readers, and those of the other role', async () => {
    const schema = fromText(await readFile(path.join(import.meta.dirname, '../../../contract/schema.graphql'), 'utf8'));
    const forTrainers = [
      'registerTrainer',
      'claimJob',
      'renewLease',
      'commitEpochs',
      'reportLog',
      'finishJob',
      'failJob',
      'handBackJob',
      'leaveFleet',
    ];
    const lease = { jobId: 'job_1', attempt: 1 };
    const spec = { dataset: 'x', networks: [], method: { mutual: {} } };
    const input: Record<string, object> = {
      scheduleRuns: { spec, seeds: [1] },
      askGroups: { groups: ['x'], question: { generalisation: {} } },
      askAnalysis: { networks: [{ runId: 'run_1' }], question: { generalisation: {} } },
      registerTrainer: { key: 'k', name: 'n', host: 'h', engines: [], device: 'd', slots: 1, version: '1', datasets: [] },
      renewLease: { lease },
      commitEpochs: { lease, epochs: [] },
      reportLog: { lease, lines: [] },
      finishJob: { lease, networks: [], artifacts: [] },
      failJob: { lease, error: 'e' },
      handBackJob: { lease },
    };
    const adding = { of: { groupKey: 'x' }, count: 1 };
    const trainer = { name: 'n', role: 'PERSON', trainerId: 'trainer_1' };
    const values: Record<string, unknown> = {
      ids: ['run_1'],
      id: 'run_1',
      title: 'T',
      system: 'mutual',
      scale: 'TINY',
      action: 'CANCEL',
      priority: 1,
      experimentId: 'exp_1',
      url: 'https://chat.example/hook',
      present: 'x',
      next: 'x',
      ...adding,
      ...trainer,
    };
    for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
      const args = field.args.filter(({ defaultValue, type }) => defaultValue === undefined && String(type).endsWith('!'));
      const valueFor = (name: string, type: string) => (name === 'input' ? input[field.name] : type === 'Role!' ? 'VIEWER' : values[name]);
      const variables = Object.fromEntries(args.map(({ name, type }) => [name, valueFor(name, String(type))]));
      const inParentheses = (texts: string[]) => (texts.length > 0 ? `(${texts})` : '');
      const declared = inParentheses(args.map(({ name, type }) => `$${name}: ${type}`));
      const given = inParentheses(args.map(({ name }) => `${name}: $${name}`));
      const selected = /^(Boolean|Int)!?$/.test(String(field.type)) ? '' : '{ __typename }';
      const query = `mutation ${declared} { ${field.name}${given} ${selected} }`;
      expect((await refusal(query, variables)).extensions.code, field.name).toBe('UNAUTHENTICATED');
      const other = forTrainers.includes(field.name) ? suite.api.key : suite.api.trainerToken;
      expect((await refusal(query, variables, other)).extensions.code, field.name).toBe('FORBIDDEN');
    }
  });

  it('behind a web server that others can reach, nothing is open: no query, no subscription, no artifact', async () => {
    const headers = { 'x-studyhall-web': 'public' };
    const closed = await ask(suite.api.url, '{ runs { totalCount } }', {}, undefined, headers);
    expect(closed.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect((await ask(suite.api.url, viewer, {}, undefined, headers)).data).toEqual({
      viewer: { name: null, canRead: false, canWrite: false },
    });
    expect((await ask(suite.api.url, '{ runs { totalCount } }', {}, suite.api.key, headers)).data).toEqual({ runs: { totalCount: 0 } });
    expect((await fetch(`${suite.api.url}/artifacts/${'0'.repeat(64)}`, { headers })).status).toBe(401);
    const socket = new WebSocket(`${suite.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const answers: string[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('open', () => socket.send('{"type":"connection_init"}'));
      socket.on('message', (data) => {
        answers.push(String(data));
        const { type } = JSON.parse(String(data)) as { type: string };
        if (type === 'connection_ack')
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { trainersChanged { id } }' } }));
        if (type !== 'connection_ack') resolve();
      });
    });
    socket.close();
    expect(answers[1]).toContain('UNAUTHENTICATED');
  });

  it('the key works as a cookie, also for a WebSocket; a stale cookie is no more than none', async () => {
    const cookie = `theme=dark; studyhall_key=${suite.api.key}`;
    expect((await ask(suite.api.url, viewer, {}, undefined, { cookie })).data).toEqual({
      viewer: { name: 'owner', canRead: true, canWrite: true },
    });
    expect((await ask(suite.api.url, viewer, {}, undefined, { cookie: 'studyhall_key=old' })).data).toMatchObject({
      viewer: { name: null },
    });
    const others = `studyhall_3000_1a2b3c4d=old; studyhall_3001_ff=%E2%82%AC; studyhall_3000_5e6f7a8b=${suite.api.key}; studyhall=x`;
    expect((await ask(suite.api.url, viewer, {}, undefined, { cookie: others })).data).toMatchObject({ viewer: { name: 'owner' } });
    const many = Array.from({ length: 50 }, (_, port) => `studyhall_${port}_x=%; studyhall_${port}_x=${'k'.repeat(200)}`).join('; ');
    expect((await ask(suite.api.url, viewer, {}, undefined, { cookie: many })).data).toMatchObject({
      viewer: { name: null, canRead: true },
    });
    const subscription = subscribe<{ trainersChanged: object[] }>(
      suite.api.url,
      'subscription { trainersChanged { id } }',
      {},
      suite.api.key,
    );
    expect((await subscription.next()).trainersChanged).toEqual([]);
    await subscription.close();
  });

  it('an unknown token is refused, and new ones are kept as hashes only', async () => {
    expect((await refusal(viewer, {}, 'sht_wrong')).extensions.code).toBe('UNAUTHENTICATED');
    const create = 'mutation { createToken(name: " Ada ", role: PERSON) { name role token } }';
    const { createToken } = (await get(create, {}, suite.api.key)) as { createToken: { name: string; token: string } };
    expect(createToken.name).toBe('Ada');
    expect(await get(viewer, {}, createToken.token)).toEqual({ viewer: { name: 'owner (Ada)', canRead: true, canWrite: true } });
    const rows = await suite.database.query('SELECT * FROM tokens');
    expect(JSON.stringify(rows)).not.toContain(createToken.token);
    await suite.database.query('UPDATE tokens SET revoked_at = now() WHERE name = $1', ['Ada']);
    expect((await refusal(viewer, {}, createToken.token)).extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('what a foreign page may do', () => {
  const suite = useApi({ PUBLIC_HOSTS: 'bench.example.org' });
  const body = JSON.stringify({ query: viewer });
  const post = (headers: Record<string, string>) =>
    raw(`${suite.api.url}/graphql`, { 'content-type': 'application/json', ...headers }, body);

  it('nothing: foreign origins, foreign hosts (DNS rebinding) and simple requests (CSRF) are refused', async () => {
    expect((await post({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await post({ host: 'evil.example:4000' })).status).toBe(403);
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(400);
    expect((await raw(`${suite.api.url}/graphql?query=%7Bviewer%7Bname%7D%7D`, {})).status).toBe(400);
    expect((await raw(`${suite.api.url}/artifacts/${'0'.repeat(64)}`, { host: 'evil.example' })).status).toBe(403);
  });

  it('our own pages are answered: of this very host and port, and of the hosts that were named', async () => {
    for (const headers of [
      {},
      { host: 'localhost:3000', origin: 'http://localhost:3000' },
      { host: 'bench.example.org', origin: 'https://bench.example.org' },
      { host: '127.0.0.1:4000', origin: 'https://bench.example.org' },
      { host: '192.168.1.5:4000' },
    ])
      expect((await post(headers as Record<string, string>)).status, JSON.stringify(headers)).toBe(200);
  });

  it('a page of another port of this machine is another program’s', async () => {
    for (const origin of ['http://localhost:3899', 'http://127.0.0.1:3899', 'http://localhost', 'https://localhost:3000', 'null'])
      expect((await post({ host: 'localhost:3001', origin })).status, origin).toBe(403);
    expect((await post({ host: 'bench.example.org', origin: 'https://bench.example.org:8443' })).status).toBe(403);
  });

  it('WebSockets ask the same', async () => {
    const status = (headers: Record<string, string>) =>
      new Promise<number>((resolve) => {
        const socket = new WebSocket(`${suite.api.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
        socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
        socket.on('open', () => {
          socket.close();
          resolve(101);
        });
        socket.on('error', () => {});
      });
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ host: 'evil.example' })).toBe(403);
    expect(await status({ origin: 'http://localhost:3899' })).toBe(403);
    expect(await status({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(101);
  });
});

describe('a client that is gone before it was answered', () => {
  const suite = useApi();

  it('does no harm', async () => {
    const { port, hostname } = new URL(suite.api.url);
    const upgrade = (path: string) =>
      `GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: https://evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`;
    for (const path of ['/graphql', '/elsewhere', '/graphql', '/elsewhere']) {
      const socket = net.connect(Number(port), hostname, () => {
        socket.write(upgrade(path));
        socket.write('x'.repeat(200_000), () => socket.resetAndDestroy());
      });
      socket.on('error', () => undefined);
      await once(socket, 'close');
    }
    expect((await suite.api.ask(viewer)).errors).toBeUndefined();
  });
});

describe('limits and errors', () => {
  const suite = useApi();

  it('operations that are too deep or too wide are refused before anything is read, also over WebSockets', async () => {
    const deep = `{ runs { edges { node ${'{ teachers { run '.repeat(10)} { id } ${'} }'.repeat(10)} } } }`;
    expect(await suite.api.refusal(deep)).toMatchObject({
      extensions: { code: 'TOO_COMPLEX' },
      message: expect.stringContaining('16 fields deep'),
    });
    const wide = '{ runs(first: 200) { edges { node { siblings { siblings { siblings { id } } } } } } }';
    expect(await suite.api.refusal(wide)).toMatchObject({
      extensions: { code: 'TOO_COMPLEX' },
      message: expect.stringContaining('60,000'),
    });
    const byVariable = 'query ($n: Int) { runs(first: $n) { edges { node { siblings { siblings { siblings { id } } } } } } }';
    expect((await suite.api.ask(byVariable, { n: 10 })).errors).toBeUndefined();
    expect((await suite.api.refusal(byVariable, { n: 200 })).extensions.code).toBe('TOO_COMPLEX');
    const subscription = suite.api.subscribe(
      'subscription { runsChanged { siblings { siblings { siblings { siblings { siblings { id } } } } } } }',
    );
    await expect(subscription.next()).rejects.toMatchObject([{ extensions: { code: 'TOO_COMPLEX' } }]);
    await subscription.close();
  });

  it('fragments that spread each other many times over are given up early', async () => {
    const spread = (i: number) => `fragment F${i} on Viewer { ${i === 9 ? 'name' : `...F${i + 1} `.repeat(12)} }`;
    const bomb = `{ viewer { ...F0 } } ${Array.from({ length: 10 }, (_, i) => spread(i)).join(' ')}`;
    // Walked to the end it would be five thousand million fields: no answer would come.
    expect((await suite.api.refusal(bomb)).extensions.code).toBe('TOO_COMPLEX');
  });

  it('a refused operation is answered as the client’s fault', async () => {
    const headers = { 'content-type': 'application/json' };
    const deep = `{ runs { edges { node ${'{ teachers { run '.repeat(10)} { id } ${'} }'.repeat(10)} } } }`;
    expect(await raw(`${suite.api.url}/graphql`, headers, JSON.stringify({ query: deep }))).toMatchObject({ status: 400 });
    const unknown = { ...headers, authorization: 'Bearer shp_unknown' };
    expect(await raw(`${suite.api.url}/graphql`, unknown, JSON.stringify({ query: viewer }))).toMatchObject({ status: 401 });
    expect(await suite.api.refusal(deep)).not.toHaveProperty('extensions.http');
  });

  it('the one character that Postgres cannot store is named', async () => {
    const create = 'mutation ($title: String!) { createExperiment(title: $title) { id } }';
    expect(await suite.api.refusal(create, { title: 'a\u0000b' }, suite.api.key)).toMatchObject({
      message: expect.stringContaining('U+0000'),
      extensions: { code: 'BAD_INPUT' },
    });
  });

  it('a fragment that contains itself comes to an end', async () => {
    const circular = '{ runs { edges { node { ...A } } } } fragment A on Run { teachers { run { ...A } } }';
    expect(await suite.api.refusal(circular)).toBeDefined();
  });

  it('pages have a largest size, cursors and arguments are checked', async () => {
    expect((await suite.api.refusal('{ runs(first: 201) { totalCount } }')).message).toMatch(/first is 201; it has to be from 0 to 200/);
    expect((await suite.api.refusal('{ runs(first: 1, last: 1) { totalCount } }')).message).toMatch(/exclude each other/);
    expect((await suite.api.refusal('{ runs(after: "nonsense") { totalCount } }')).extensions.code).toBe('BAD_INPUT');
    const ids = Array.from({ length: 201 }, (_, i) => `run_${i}`);
    const cancel = 'mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }';
    expect((await suite.api.refusal(cancel, { ids }, suite.api.key)).message).toMatch(/201 entries; at most 200/);
  });

  it('GraphQL’s own refusals keep what they say; malformed bodies are the client’s fault', async () => {
    expect(await suite.api.refusal('{ nonsense }')).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect((await suite.api.refusal('query ($id: ID!) { run(id: $id) { id } }', {})).extensions.code).toBe('BAD_INPUT');
    const headers = { 'content-type': 'application/json' };
    expect((await raw(`${suite.api.url}/graphql`, headers, '{"query":')).status).toBe(400);
    expect((await raw(`${suite.api.url}/graphql`, headers, `{"query":"${'x'.repeat(9 * 1024 * 1024)}"}`)).status).toBe(413);
    expect((await raw(`${suite.api.url}/nothing`, {})).status).toBe(404);
  });

  it('what is unexpected is masked', async () => {
    await suite.database.query('ALTER TABLE experiments RENAME TO hidden');
    const error = await suite.api.refusal('{ experiments { totalCount } }');
    await suite.database.query('ALTER TABLE hidden RENAME TO experiments');
    expect(error).toMatchObject({
      message: 'Something went wrong on the server; its log says what.',
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    expect(JSON.stringify(error)).not.toMatch(/relation|exist|prisma/i);
  });

  it('a trainer that the database does not know is told so', async () => {
    const error = await suite.api.refusal('mutation { claimJob(trainerId: "trainer_gone") { jobId } }', {}, suite.api.trainerToken);
    expect(error.extensions.code).toBe('NOT_FOUND');
    await expect(TestTrainer.join(suite.api, { slots: 99 })).rejects.toThrow(/slots is 99; it has to be at least 1 and at most 64/);
  });

  it('GraphiQL comes with all it needs', async () => {
    const page = await fetch(`${suite.api.url}/graphql`, { headers: { accept: 'text/html' } });
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(html).toContain('Studyhall · GraphiQL');
    expect(html).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });
});
