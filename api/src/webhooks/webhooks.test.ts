import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connect, type Db } from '../db.ts';
import { readSettings } from '../env.ts';
import { reapOnce } from '../jobs/reaper.ts';
import { leaseOf, schedule, shapes, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';
import { messageOf, signatureOf } from './message.ts';
import { post } from './post.ts';
import { isPublicAddress } from './public-address.ts';
import { mayCallPrivate, sendDue } from './sender.ts';

const suite = useApi();
type Received = { headers: http.IncomingHttpHeaders; body: string };
let received: Received[] = [];
let status = 200;
let receiver: http.Server;
let url: string;
let db: Db;
let trainer: TestTrainer;

beforeAll(async () => {
  receiver = http.createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      received.push({ headers: request.headers, body });
      response.writeHead(status, { location: 'http://127.0.0.1:1/' }).end('as you say');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
  db = connect(suite.database.url);
  trainer = await TestTrainer.join(suite.api);
});
afterAll(async () => {
  await db.$disconnect();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
beforeEach(() => {
  received = [];
  status = 200;
});

const asPerson = <Data>(query: string, variables: object = {}) => suite.api.get<Data>(query, variables, suite.api.key);
const spec = { dataset: shapes.name, networks: [{ model: 'mlp-16' }], method: { independent: {} }, training: { epochs: 1, batchSize: 64 } };
let made = 0;

async function experimentWithHook(events = ['FINISHED', 'FAILED', 'TRAINER_LOST']) {
  made++;
  const { createExperiment: experiment } = await asPerson<{ createExperiment: { id: string } }>(
    `mutation { createExperiment(title: "Does <it> help? ${made}") { id } }`,
  );
  const { createWebhook: hook } = await asPerson<{ createWebhook: { secret: string; webhook: { id: string; host: string } } }>(
    `mutation ($id: ID!, $url: String!, $events: [WebhookEvent!]!) {
      createWebhook(experimentId: $id, url: $url, events: $events) { secret webhook { id host } } }`,
    { id: experiment.id, url, events },
  );
  return { experimentId: experiment.id, ...hook };
}

type Last = { event: string | null; tries: number; delivered: boolean; answer: string | null; nextAt: string | null };
const lastOf = async (experimentId: string) =>
  (
    await asPerson<{ webhooks: { last: Last | null }[] }>(
      'query ($id: ID!) { webhooks(experimentId: $id) { last { event tries delivered answer nextAt } } }',
      { id: experimentId },
    )
  ).webhooks[0]?.last;

describe('a webhook', () => {
  it('is told what happened to its runs, in words that Slack shows, signed with its secret; the last answer can be read', async () => {
    const { experimentId, secret } = await experimentWithHook();
    const [finished] = await schedule(suite.api, spec, [1], { experimentId });
    await trainer.complete(await trainer.claimOrFail(), [0.8]);
    await expect.poll(() => received.length).toBe(1);
    await schedule(suite.api, spec, [2], { experimentId });
    for (let tries = 0; tries < 3; tries++) {
      const claim = await trainer.claim();
      if (claim) await trainer.fail(claim, { error: 'Loss is NaN.' });
    }
    await expect.poll(() => received.length).toBe(2);
    const [first, second] = received;
    const message = JSON.parse(first?.body ?? '');
    expect(message).toMatchObject({ event: 'FINISHED', runId: finished, seed: 1 });
    expect(message.text).toMatch(/^Finished: .*, seed 1 \(Does &lt;it&gt; help\? 1\)$/);
    const [, t, v1] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(String(first?.headers['x-studyhall-signature'])) ?? [];
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${first?.body}`).digest('hex'));
    expect(JSON.parse(second?.body ?? '')).toMatchObject({ event: 'FAILED', reason: expect.stringContaining('Loss is NaN.') });
    await expect.poll(() => lastOf(experimentId)).toMatchObject({ delivered: true, answer: '200 as you say', nextAt: null });
  });

  it('hears of a trainer that fell silent, and of nothing that it did not ask for', async () => {
    const { experimentId } = await experimentWithHook(['TRAINER_LOST']);
    await schedule(suite.api, spec, [4], { experimentId });
    const claim = await trainer.claimOrFail();
    await suite.database.query(`UPDATE jobs SET lease_expires_at = now() - interval '1 hour' WHERE id = $1`, [leaseOf(claim).jobId]);
    await reapOnce(db);
    await expect.poll(() => received.length).toBe(1);
    expect(JSON.parse(received[0]?.body ?? '')).toMatchObject({ event: 'TRAINER_LOST', trainer: 'bench', runId: claim.runId });
    await trainer.complete(await trainer.claimOrFail(), [0.8]);
    await asPerson('mutation ($id: ID!) { updateExperiment(id: $id, note: "on") { id } }', { id: experimentId });
    expect(
      await suite.database.query('SELECT count(*)::int AS n FROM webhook_deliveries WHERE about @> $1', [{ runId: claim.runId }]),
    ).toEqual([{ n: 1 }]);
  });

  it('that answers with an error is tried again, later each time, then given up; a redirect is an error, and nobody follows it', async () => {
    const { experimentId, webhook } = await experimentWithHook();
    for (const wrong of [500, 302]) {
      status = wrong;
      received = [];
      await asPerson('mutation ($id: ID!) { tryWebhook(id: $id) }', webhook);
      await expect
        .poll(() => lastOf(experimentId))
        .toMatchObject({ event: null, tries: 1, delivered: false, answer: `${wrong} as you say` });
      const [wait] = await suite.database.query<{ seconds: number }>(
        `SELECT extract(epoch FROM next_at - tried_at)::float8 AS seconds FROM webhook_deliveries WHERE next_at IS NOT NULL ORDER BY created_at DESC LIMIT 1`,
      );
      expect(wait?.seconds).toBeGreaterThan(4);
    }
    await suite.database.query('UPDATE webhook_deliveries SET tries = 7, next_at = now() WHERE next_at IS NOT NULL');
    await expect.poll(() => lastOf(experimentId)).toMatchObject({ tries: 8, delivered: false, nextAt: null });
  });

  it('is sent each message once by several processes, and by another when the one that took it died', async () => {
    const { webhook } = await experimentWithHook();
    const settings = readSettings({ STUDYHALL_HOME: suite.api.home });
    await Promise.all(Array.from({ length: 20 }, () => asPerson('mutation ($id: ID!) { tryWebhook(id: $id) }', webhook)));
    await Promise.all([sendDue(db, settings), sendDue(db, settings), sendDue(db, settings)]);
    await expect.poll(() => received.length).toBe(20);
    expect(new Set(received.map(({ headers }) => headers['x-studyhall-delivery'])).size).toBe(20);
    // Taken, and never answered for: due again by itself.
    await suite.database.query(`UPDATE webhook_deliveries SET delivered = false, next_at = now() WHERE id = $1`, [
      received[0]?.headers['x-studyhall-delivery'],
    ]);
    await expect.poll(() => received.length).toBe(21);
  });

  it('goes with its messages when it is removed; who has no key neither sees nor makes one', async () => {
    const { experimentId, webhook } = await experimentWithHook();
    await asPerson('mutation ($id: ID!) { deleteWebhook(id: $id) }', webhook);
    expect(await lastOf(experimentId)).toBeUndefined();
    expect((await suite.api.refusal('mutation ($id: ID!) { deleteWebhook(id: $id) }', webhook, suite.api.key)).extensions.code).toBe(
      'NOT_FOUND',
    );
    for (const query of ['query ($id: ID!) { webhooks(experimentId: $id) { id } }', 'mutation ($id: ID!) { tryWebhook(id: $id) }'])
      for (const token of [undefined, suite.api.trainerToken])
        expect((await suite.api.refusal(query, { id: experimentId }, token)).extensions.code).toMatch(/UNAUTHENTICATED|FORBIDDEN/);
  });
});

describe('addresses that others could not reach', () => {
  it('are told from public ones, however they are written', () => {
    const closed =
      '127.0.0.1 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ::1 :: ::ffff:127.0.0.1 ::ffff:8.8.8.8 fe80::1 fd00:ec2::254 ff02::1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1';
    for (const address of closed.split(' ')) expect([address, isPublicAddress(address)]).toEqual([address, false]);
    for (const address of ['8.8.8.8', '172.32.0.1', '192.169.0.1', '2606:4700::1111'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });

  it('are not called from a team server, by address, by number or by a name that leads there, unless they are allowed', async () => {
    const { port } = new URL(url);
    for (const host of ['127.0.0.1', 'localhost', '[::1]', '2130706433', '0x7f.1', '[::ffff:127.0.0.1]']) {
      const { delivered, said } = await post(new URL(`http://${host}:${port}/`), '{}', {}, false);
      expect([host, delivered, said]).toEqual([
        host,
        false,
        expect.stringMatching(/private network, which webhooks may not call.*WEBHOOK_HOSTS=/),
      ]);
    }
    expect(received).toEqual([]);
    const team = readSettings({ PUBLIC_HOSTS: 'lab.example', WEBHOOK_HOSTS: 'chat.lab, 127.0.0.1:8065' });
    const may = (text: string, settings = team) => mayCallPrivate(new URL(text), settings);
    expect(['http://127.0.0.1/', 'http://127.0.0.1:8065/', 'https://chat.lab/x', 'https://other.lab/'].map((text) => may(text))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect(may('http://127.0.0.1/', readSettings({}))).toBe(true);
    expect(may('http://127.0.0.1/', readSettings({ API_HOST: '0.0.0.0' }))).toBe(false);
  });
});

it('a signature covers the time and the body', () => {
  const body = messageOf('hookd_1', null, { experiment: 'E', slug: 'e', at: '2026-01-01T00:00:00Z' });
  expect(body).toContain('"text":"Studyhall reaches you (E)."');
  expect(signatureOf('key', 'body', 1)).toBe(`t=1,v1=${createHmac('sha256', 'key').update('1.body').digest('hex')}`);
});
