import { describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { startTestApi } from '../testing/api.ts';
import { ask } from '../testing/client.ts';
import { schedule, shapes, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { seat } from '../testing/people.ts';
import { useApi } from '../testing/suite.ts';

type Made = { id: string; token: string };
type Listed = {
  id: string;
  name: string;
  usedAt: string | null;
  revokedAt: string | null;
  revokedBy: string | null;
  machine: string | null;
};

const list = 'query ($ended: Boolean! = false) { tokens(ended: $ended) { id name usedAt revokedAt revokedBy machine } }';
const revoke = 'mutation ($id: ID!) { revokeToken(id: $id) { id revokedAt revokedBy } }';

describe('tokens', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const make = async (args: string, by = suite.api.key) =>
    (await suite.api.get<{ createToken: Made }>(`mutation { createToken(${args}) { id token } }`, {}, by)).createToken;
  const listed = async (by = suite.api.key, ended = false) => (await suite.api.get<{ tokens: Listed[] }>(list, { ended }, by)).tokens;
  const person = (name: string, scope = 'MEMBER', more = '') => make(`name: "${name}", role: PERSON, scope: ${scope} ${more}`);

  it('are all listed to admins, to a member their own alone', async () => {
    const ada = await person('Ada');
    const script = await make('name: "script", role: PERSON', ada.token);
    const names = (tokens: Listed[]) => tokens.map(({ name }) => name);
    expect(names(await listed())).toEqual(['script', 'Ada', 'trainer on this machine', 'owner']);
    expect(names(await listed(ada.token))).toEqual(['script', 'Ada']);
    expect(names(await listed(script.token))).toEqual(['script']);
    const [owner] = (await listed()).slice(-1);
    expect(await suite.api.refusal(revoke, { id: owner?.id }, ada.token)).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
    await suite.api.get(revoke, { id: script.id }, ada.token);
    expect(names(await listed(ada.token))).toEqual(['Ada']);
    expect(names(await listed(ada.token, true))).toEqual(['script']);
  });

  it('named like a colleague carry the name of who made them before it, in records and in the audit log, also where one made another', async () => {
    const grace = await seat(suite, 'Grace', 'MEMBER');
    const create = 'mutation ($name: String!) { createToken(name: $name, role: PERSON) { name token } }';
    type Create = { createToken: { name: string; token: string } };
    const { createToken: first } = await grace.get<Create>(create, { name: ' Ada ' });
    expect(first.name).toBe('Ada');
    const { createToken: second } = await suite.api.get<Create>(create, { name: 'Ada) (Ada' }, first.token);
    const carried = async (by: string) => {
      const experiment = 'mutation { createExperiment(title: "Whose?") { createdBy } }';
      return (await suite.api.get<{ createExperiment: { createdBy: string } }>(experiment, {}, by)).createExperiment.createdBy;
    };
    expect([await carried(first.token), await carried(second.token)]).toEqual(['Grace (Ada)', 'Grace (Ada) (Ada) (Ada)']);
    const log = '{ auditLog(filter: { person: "Grace", action: "createExperiment" }) { edges { node { person } } } }';
    expect(await suite.api.get(log, {}, suite.api.key)).toEqual({
      auditLog: { edges: [{ node: { person: 'Grace (Ada) (Ada) (Ada)' } }, { node: { person: 'Grace (Ada)' } }] },
    });
    expect(await suite.api.get('{ viewer { name } }', {}, first.token)).toEqual({ viewer: { name: 'Grace (Ada)' } });
  });

  it.each([
    ['a character that turns the order of others round', 'A\u202eda'],
    ['one that nobody sees', 'Ada\u200b'],
    ['a line that ends', 'Ada\nGrace'],
    ['no letter', ' \u3000'],
    ['too many', 'x'.repeat(101)],
  ])('have no name with %s', async (_, name) => {
    const create = 'mutation ($name: String!) { createToken(name: $name, role: PERSON) { id } }';
    expect(await suite.api.refusal(create, { name }, suite.api.key)).toMatchObject({
      message: expect.stringMatching(/^name has /),
      extensions: { code: 'BAD_INPUT' },
    });
  });

  it('that were revoked or have expired say so; revoking again changes nothing', async () => {
    const { id, token } = await person('leaves');
    await suite.api.get(revoke, { id }, suite.api.key);
    const [first] = await listed(suite.api.key, true);
    expect(first).toMatchObject({ id, revokedBy: 'owner' });
    await suite.api.get(revoke, { id }, suite.api.key);
    expect((await listed(suite.api.key, true))[0]).toEqual(first);
    const said = {
      message: 'This token was revoked: ask an admin for another.',
      extensions: { code: 'UNAUTHENTICATED', reason: 'revoked' },
    };
    expect(await suite.api.refusal('{ viewer { name } }', {}, token)).toMatchObject(said);
    const later = await person('soon gone', 'MEMBER', ', expiresAt: "2099-01-01T00:00:00Z"');
    await suite.database.query(`UPDATE tokens SET expires_at = now() WHERE id = $1`, [later.id]);
    const artifact = await fetch(`${suite.api.url}/artifacts/${'0'.repeat(64)}`, { headers: { authorization: `Bearer ${later.token}` } });
    expect([artifact.status, await artifact.text()]).toEqual([401, expect.stringContaining('This token has expired')]);
    const cookie = { cookie: `studyhall_key=${later.token}` };
    expect((await ask(suite.api.url, '{ viewer { name } }', {}, undefined, cookie)).data).toEqual({ viewer: { name: null } });
  });

  it('end in time, and not after the token that they are made by', async () => {
    const past = await suite.api.refusal(
      'mutation { createToken(name: "x", role: PERSON, expiresAt: "2020-01-01T00:00:00Z") { id } }',
      {},
      suite.api.key,
    );
    expect(past.message).toBe('expiresAt has passed already; it has to be a time to come.');
    const ada = await person('Ada', 'ADMIN', ', expiresAt: "2098-01-01T00:00:00Z"');
    const outlives = 'mutation { createToken(name: "x", role: TRAINER, expiresAt: "2099-01-01T00:00:00Z") { id } }';
    expect((await suite.api.refusal(outlives, {}, ada.token)).message).toContain('at most 2098-01-01');
    const { id } = await make('name: "no longer", role: PERSON', ada.token);
    const [row] = await suite.database.query('SELECT expires_at FROM tokens WHERE id = $1', [id]);
    expect(row).toEqual({ expires_at: new Date('2098-01-01T00:00:00Z') });
    await suite.api.get(revoke, { id: ada.id }, suite.api.key);
  });

  it('of the last admin are not revoked', async () => {
    const [owner] = (await listed()).slice(-1);
    expect(await suite.api.refusal(revoke, { id: owner?.id }, suite.api.key)).toMatchObject({
      message: '"owner" is the last key of an admin: make another one first, or nobody could let people in.',
      extensions: { code: 'CONFLICT' },
    });
    const other = await person('other', 'ADMIN');
    await suite.api.get(revoke, { id: other.id }, other.token);
    expect(await suite.api.refusal(list, {}, other.token)).toMatchObject({ extensions: { reason: 'revoked' } });
  });

  it('are known by when they were last used, to the minute', async () => {
    const { id, token } = await person('seldom');
    const used = async () => (await listed()).find((one) => one.id === id)?.usedAt;
    expect(await used()).toBeNull();
    await suite.api.get('{ viewer { name } }', {}, token);
    await expect.poll(used).not.toBeNull();
    const first = await used();
    await suite.api.get('{ viewer { name } }', {}, token);
    await listed();
    expect(await used()).toBe(first);
  });

  it.each(['revoked', 'expired'])('that are %s close what is open by them, though nothing happens, whichever API was told', async (end) => {
    const other = await startTestApi(suite.database.url);
    const { id, token } = await person('watches', 'VIEWER');
    const socket = new WebSocket(`${other.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const types: string[] = [];
    const closed = new Promise((resolve) => socket.on('close', (code, reason) => resolve([code, String(reason)])));
    socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } })));
    socket.on('message', (data) => {
      const message = JSON.parse(String(data));
      types.push(message.type);
      if (message.type === 'connection_ack')
        socket.send(
          JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { leaderboardChanged { totalCount } }' } }),
        );
    });
    await expect.poll(() => types.includes('next')).toBe(true);
    const since = performance.now();
    if (end === 'revoked') await suite.api.get(revoke, { id }, suite.api.key);
    else await suite.database.query('UPDATE tokens SET expires_at = now() WHERE id = $1', [id]);
    const message = `This token ${end === 'revoked' ? 'was revoked' : 'has expired'}: ask an admin for another.`;
    expect(await closed).toEqual([4403, message]);
    expect(performance.now() - since).toBeLessThan(2000);
    await other.close();
  });

  it('of trainers, once revoked, give back what these run, which has not failed', async () => {
    const { id, token } = await make('name: "rented", role: TRAINER');
    const trainer = await TestTrainer.join({ ...suite.api, trainerToken: token });
    const [runId] = await schedule(suite.api, smallSpec);
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(runId);
    await suite.api.get(revoke, { id }, suite.api.key);
    const query = 'query ($id: ID!) { run(id: $id) { state attempts { outcome } } trainers { id state } }';
    const { run, trainers } = await suite.api.get<{ run: object; trainers: { id: string }[] }>(query, { id: runId });
    expect(run).toEqual({ state: 'QUEUED', attempts: [{ outcome: 'handed back' }] });
    expect(trainers.find((one) => one.id === trainer.id)).toMatchObject({ state: 'OFFLINE' });
    expect((await trainer.renew(claim)).errors?.[0]).toMatchObject({ extensions: { reason: 'revoked' } });
    expect((await trainer.commit(claim, {})).errors?.[0]).toMatchObject({ extensions: { reason: 'revoked' } });
  });

  it('of trainers are bound to the machine that is named, or to the first', async () => {
    const input = (host: string, key: string) => ({
      input: { key: `key of ${key}`, name: key, host, engines: ['reference'], device: 'd', slots: 1, version: '1', datasets: [shapes] },
    });
    const register = 'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } } }';
    const first = await make('name: "lab", role: TRAINER, bound: true');
    await suite.api.get(register, input('gpu-01', 'one'), first.token);
    await suite.api.get(register, input('gpu-01', 'another there'), first.token);
    expect(await suite.api.refusal(register, input('gpu-02', 'two'), first.token)).toMatchObject({
      message: 'The token "lab" is bound to the machine gpu-01, and this one is gpu-02: make a token for it.',
      extensions: { code: 'FORBIDDEN', reason: 'bound' },
    });
    expect((await listed()).find(({ id }) => id === first.id)?.machine).toBe('gpu-01');
    const named = await make('name: "named", role: TRAINER, machine: " gpu-02 "');
    expect(await suite.api.refusal(register, input('gpu-01', 'three'), named.token)).toMatchObject({ extensions: { reason: 'bound' } });
    await suite.api.get(register, input('gpu-02', 'three'), named.token);
    const person = 'mutation { createToken(name: "x", role: PERSON, bound: true) { id } }';
    expect((await suite.api.refusal(person, {}, suite.api.key)).message).toContain('Only a trainer’s token is bound');
  });
});
