import { describe, expect, it } from 'vitest';
import { subscribe } from '../testing/client.ts';
import { atBrowser, join, makeInvitation, password, post, seat, signIn } from '../testing/people.ts';
import { useApi } from '../testing/suite.ts';
import { wrongPassword } from './accounts.ts';

const whoAmI = '{ viewer { name role canWrite signedIn hasPeople } }';
const wrong = wrongPassword().message;

describe('an account', () => {
  const suite = useApi({ PUBLIC_HOSTS: 'bench.example' });

  it('is made by an invitation, signs in, and does all in its name', async () => {
    expect(await suite.api.get('{ viewer { hasPeople } }', {}, suite.api.key)).toEqual({ viewer: { hasPeople: false } });
    const ada = await join(suite.api, 'Ada Lovelace', 'MEMBER');
    expect(await ada.get(whoAmI)).toEqual({
      viewer: { name: 'Ada Lovelace', role: 'MEMBER', canWrite: true, signedIn: true, hasPeople: true },
    });
    const again = await signIn(suite.api, ' ada LOVELACE');
    expect(again.session).not.toBe(ada.session);
    expect(await again.get('mutation { createExperiment(title: "Hers") { createdBy } }')).toEqual({
      createExperiment: { createdBy: 'Ada Lovelace' },
    });
    expect(await again.code('{ people { name } }')).toBe('FORBIDDEN');
  });

  it('holds no password and no session that could be read from the database', async () => {
    const { session } = await signIn(suite.api, 'Ada Lovelace');
    for (const table of ['people', 'credentials', 'sessions', 'invitations', 'rate_limits'])
      expect(JSON.stringify(await suite.database.query(`SELECT t::text FROM ${table} t`)), table).not.toMatch(
        new RegExp(`${password}|${session}`),
      );
  });

  it('a wrong password, a name that nobody has and one that cannot be a name are answered alike', async () => {
    const answers = await Promise.all(
      [
        ['Ada Lovelace', 'wrong password'],
        ['Nobody Here', 'wrong password'],
        ['<b>', 'wrong password'],
        ['x'.repeat(500), 'wrong password'],
        ['Ada Lovelace', 'x'.repeat(1000)],
        ['', ''],
      ].map(([name, given]) => post(suite.api, '/sign-in', { name, password: given })),
    );
    for (const { status, message, code } of answers)
      expect({ status, message, code }).toEqual({ status: 401, message: wrong, code: 'UNAUTHENTICATED' });
  });

  it('a wrong password of somebody and of nobody take as long', async () => {
    const least = { somebody: Number.POSITIVE_INFINITY, nobody: Number.POSITIVE_INFINITY };
    const apart = () => Math.max(...Object.values(least)) / Math.min(...Object.values(least));
    // What holds one of them up on a busy machine says nothing: then both are tried again.
    for (let time = 0; time < 2 || (apart() >= 4 && time < 10); time += 1)
      for (const who of ['somebody', 'nobody'] as const) {
        const name = who === 'somebody' ? 'Ada Lovelace' : `Nobody ${time}`;
        const began = performance.now();
        await post(suite.api, '/sign-in', { name, password: 'wrong password' }, { 'x-studyhall-address': `192.0.2.${time}` });
        least[who] = Math.min(least[who], performance.now() - began);
      }
    // Without the work that a password takes it would be twenty times as fast.
    expect(apart()).toBeLessThan(4);
  });

  it('a page of another site signs nobody in, nor does a form or a body that is no name and password', async () => {
    const body = { name: 'Ada Lovelace', password };
    for (const path of ['/sign-in', '/join']) {
      expect((await post(suite.api, path, body, { origin: 'https://evil.example' })).status).toBe(403);
      expect((await post(suite.api, path, 'name=Ada', { 'content-type': 'application/x-www-form-urlencoded' })).status).toBe(400);
      for (const wrong of [
        '[]',
        '{}',
        '"x"',
        '{"name":1,"password":2}',
        '{"name":"Ada"',
        { ...body, role: 'ADMIN' },
        { name: 'a\0', password },
      ])
        expect((await post(suite.api, path, wrong)).status, JSON.stringify(wrong)).toBe(400);
      expect((await post(suite.api, path, { name: 'x'.repeat(10_000) })).status).toBe(413);
    }
    expect((await post(suite.api, '/sign-in', body, { origin: 'https://bench.example' })).status).toBe(200);
  });

  it('what was guessed too often is told when to try again, the right password too', async () => {
    const guess = () =>
      post(suite.api, '/sign-in', { name: 'Ada Lovelace', password: 'wrong password' }, { 'x-studyhall-address': '203.0.113.9' });
    expect((await guess()).status).toBe(401);
    await suite.database.query('UPDATE sign_in_failures SET failures = 8, last_at = now() WHERE failures = 1');
    const refused = await guess();
    expect(refused).toMatchObject({ status: 429, code: 'TOO_MANY_TRIES', message: expect.stringMatching(/try again in \d+ seconds\./) });
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(10);
    await expect(signIn(suite.api, 'Ada Lovelace', password, '203.0.113.9')).rejects.toThrow(/too often/);
    await signIn(suite.api, 'Ada Lovelace', password, '203.0.113.10');
  });

  it('signs out: this browser, or everywhere', async () => {
    const [one, two, three] = [
      await seat(suite, 'Ada Lovelace', 'MEMBER'),
      await seat(suite, 'Ada Lovelace', 'MEMBER'),
      await seat(suite, 'Ada Lovelace', 'MEMBER'),
    ];
    await one.get('mutation { signOut }');
    expect(await one.get('{ viewer { name canRead } }')).toEqual({ viewer: { name: null, canRead: false } });
    expect(await two.get('{ viewer { name } }')).toEqual({ viewer: { name: 'Ada Lovelace' } });
    await three.get('mutation { signOutEverywhere }');
    for (const browser of [two, three]) expect(await browser.code('{ runs { totalCount } }')).toBe('UNAUTHENTICATED');
    expect(await suite.api.refusal('mutation { signOut }', {}, suite.api.key)).toMatchObject({ extensions: { code: 'BAD_INPUT' } });
  });

  it('changes its password by the present one, which signs out all others', async () => {
    const [here, there] = [await seat(suite, 'Ada Lovelace', 'MEMBER'), await seat(suite, 'Ada Lovelace', 'MEMBER')];
    const change = 'mutation ($present: String!, $next: String!) { changePassword(present: $present, next: $next) }';
    expect(await here.code(change, { present: 'another one', next: 'a new long password' })).toBe('BAD_INPUT');
    expect(await here.code(change, { present: password, next: 'short' })).toBe('BAD_INPUT');
    expect(await there.get(whoAmI)).toMatchObject({ viewer: { signedIn: true } });
    await here.get(change, { present: password, next: 'a new long password' });
    expect(await here.get(whoAmI)).toMatchObject({ viewer: { signedIn: true } });
    expect(await there.get('{ viewer { signedIn } }')).toEqual({ viewer: { signedIn: false } });
    await expect(signIn(suite.api, 'Ada Lovelace')).rejects.toThrow(wrong);
    await signIn(suite.api, 'Ada Lovelace', 'a new long password');
  });

  it('ends when nobody used it for long; what is used stays open', async () => {
    const [used, unused] = [await seat(suite, 'Ada Lovelace', 'MEMBER'), await seat(suite, 'Ada Lovelace', 'MEMBER')];
    await suite.database.query(`UPDATE sessions SET expires_at = now() + interval '1 day', updated_at = now() - interval '1 day'`);
    await used.get('{ viewer { name } }');
    const left = async () =>
      (await suite.database.query<{ n: string }>(`SELECT count(*) AS n FROM sessions WHERE expires_at > now() + interval '29 days'`))[0]?.n;
    while ((await left()) !== '1') await new Promise((resolve) => setTimeout(resolve, 5));
    await suite.database.query(`UPDATE sessions SET expires_at = expires_at - interval '2 days'`);
    expect(await used.get('{ viewer { signedIn } }')).toEqual({ viewer: { signedIn: true } });
    expect(await unused.get('{ viewer { signedIn } }')).toEqual({ viewer: { signedIn: false } });
  });
});

describe('an invitation', () => {
  const suite = useApi();
  const accept = (invitation: string, name: string, given = password) => post(suite.api, '/join', { invitation, name, password: given });
  const look = 'query ($token: String!) { invitation(token: $token) { role createdBy } }';

  it('is seen by who has the link, and listed without it', async () => {
    const { token } = await makeInvitation(suite.api, 'VIEWER');
    expect(await suite.api.get(look, { token })).toEqual({ invitation: { role: 'VIEWER', createdBy: 'owner' } });
    const listed = await suite.api.get('{ invitations { id role createdBy expiresAt } }', {}, suite.api.key);
    expect(listed).toMatchObject({ invitations: [{ role: 'VIEWER', createdBy: 'owner' }] });
    expect(JSON.stringify(await suite.database.query('SELECT i::text FROM invitations i'))).not.toContain(token);
  });

  it('is for one: of two who accept it at once one gets an account', async () => {
    const { token } = await makeInvitation(suite.api, 'VIEWER');
    const answers = await Promise.all([accept(token, 'First One'), accept(token, 'Second One')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(answers.find(({ status }) => status === 409)?.message).toMatch(/was used/);
    const { people } = await suite.api.get<{ people: object[] }>('{ people { name } }', {}, suite.api.key);
    expect(people).toHaveLength(1);
  });

  it('that was used, was taken back, has expired or never was says so, and makes nothing', async () => {
    const [used, revoked, expired] = [
      await makeInvitation(suite.api, 'VIEWER'),
      await makeInvitation(suite.api, 'ADMIN'),
      await makeInvitation(suite.api, 'VIEWER'),
    ];
    await accept(used.token, 'Used It');
    await suite.api.get('mutation ($id: ID!) { revokeInvitation(id: $id) }', { id: revoked.id }, suite.api.key);
    await suite.database.query(`UPDATE invitations SET expires_at = now() - interval '1 s' WHERE id = $1`, [expired.id]);
    for (const [token, status, why] of [
      [used.token, 409, /was used on \d{4}-.*sign in.*Ask owner for another/],
      [revoked.token, 409, /was taken back on/],
      [expired.token, 409, /was open until/],
      ['shi_nothing', 404, /no such invitation/],
      ['', 404, /no such invitation/],
    ] as const) {
      expect(await accept(token, 'Late Comer')).toMatchObject({ status, message: expect.stringMatching(why) });
      expect((await suite.api.refusal(look, { token })).message).toMatch(why);
    }
    expect(await suite.database.query(`SELECT 1 FROM people WHERE username = 'late comer'`)).toEqual([]);
    expect(await suite.api.refusal('mutation ($id: ID!) { revokeInvitation(id: $id) }', { id: used.id }, suite.api.key)).toMatchObject({
      extensions: { code: 'CONFLICT' },
    });
  });

  it('stays open when the name is taken or the password will not do', async () => {
    const { token } = await makeInvitation(suite.api, 'VIEWER');
    for (const [name, given, why] of [
      ['used IT', password, /Somebody here has, or had, the name "used IT"/],
      ['owner', password, /name of the key/],
      ['Fine Name', 'short', /at least 10/],
    ] as const)
      expect(await accept(token, name, given)).toMatchObject({ status: 400, message: expect.stringMatching(why) });
    expect((await accept(token, 'Fine Name')).status).toBe(200);
  });

  it('two at once who want the same name: one has it, the other is told', async () => {
    const [one, two] = [await makeInvitation(suite.api, 'VIEWER'), await makeInvitation(suite.api, 'VIEWER')];
    const answers = await Promise.all([accept(one.token, 'Same Name'), accept(two.token, 'SAME name')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400]);
  });
});

describe('who forgot their password', () => {
  const suite = useApi();
  const again = 'mutation ($id: ID!) { inviteAgain(id: $id) { token invitation { name } } }';

  it('gets a link by which they choose another, which signs them out elsewhere; of two links the later one counts', async () => {
    const before = await join(suite.api, 'Ada Lovelace', 'MEMBER');
    const [{ id } = { id: '' }] = await suite.database.query<{ id: string }>('SELECT id FROM people');
    const ask = async () => (await suite.api.get<{ inviteAgain: { token: string } }>(again, { id }, suite.api.key)).inviteAgain.token;
    const [early, late] = [await ask(), await ask()];
    const choose = (invitation: string, given: string) => post(suite.api, '/join', { invitation, name: '', password: given });
    expect(await choose(early, 'another long password')).toMatchObject({ status: 409, message: expect.stringMatching(/taken back/) });
    expect((await choose(late, 'ada lovelace 1234')).message).toMatch(/must not hold the name/);
    const { session } = await choose(late, 'another long password');
    expect(await atBrowser(suite.api, session ?? '').get(whoAmI)).toMatchObject({ viewer: { name: 'Ada Lovelace', role: 'MEMBER' } });
    expect(await before.get('{ viewer { signedIn } }')).toEqual({ viewer: { signedIn: false } });
    expect((await choose(late, 'yet another password')).status).toBe(409);
    const open = await ask();
    await suite.api.get('mutation ($id: ID!) { removePerson(id: $id) }', { id }, suite.api.key);
    expect((await choose(open, 'yet another password')).status).toBe(409);
    expect((await suite.api.refusal(again, { id }, suite.api.key)).extensions.code).toBe('NOT_FOUND');
  });
});

describe('people', () => {
  const suite = useApi({ PUBLIC_HOSTS: 'bench.example' });
  const idOf = async (name: string) =>
    (await suite.database.query<{ id: string }>('SELECT id FROM people WHERE name = $1', [name]))[0]?.id ?? '';
  const change = 'mutation ($id: ID!, $role: Role!) { changeRole(id: $id, role: $role) { role } }';
  const remove = 'mutation ($id: ID!) { removePerson(id: $id) }';

  it('the last admin stays one, also where two take each other’s rights at once', async () => {
    const first = await seat(suite, 'Admin One', 'ADMIN');
    const id = await idOf('Admin One');
    expect(await first.code(change, { id, role: 'MEMBER' })).toBe('CONFLICT');
    expect(await first.code(remove, { id })).toBe('CONFLICT');
    expect((await suite.api.refusal(remove, { id }, suite.api.key)).message).toMatch(/last admin: make somebody else one first/);
    const second = await seat(suite, 'Admin Two', 'ADMIN');
    const [toSecond, toFirst] = await Promise.all([
      first.code(change, { id: await idOf('Admin Two'), role: 'VIEWER' }),
      second.code(remove, { id }),
    ]);
    expect([toSecond, toFirst].filter((code) => code === undefined)).toHaveLength(1);
    expect(await suite.database.query(`SELECT 1 FROM people WHERE role = 'ADMIN' AND removed_at IS NULL`)).toHaveLength(1);
  });

  it('who is removed is out at once, with the tokens made for people; what they did keeps their name, which stays theirs', async () => {
    const gone = await seat(suite, 'Gone Soon', 'ADMIN');
    await gone.get('mutation { createExperiment(title: "Kept", slug: "kept") { id } }');
    const create = 'mutation ($role: TokenRole!) { createToken(name: "x", role: $role) { token } }';
    const { createToken: mine } = await gone.get<{ createToken: { token: string } }>(create, { role: 'PERSON' });
    const { createToken: machine } = await gone.get<{ createToken: { token: string } }>(create, { role: 'TRAINER' });
    const { createToken: byMine } = await suite.api.get<{ createToken: { token: string } }>(create, { role: 'PERSON' }, mine.token);
    await suite.api.get(remove, { id: await idOf('Gone Soon') }, suite.api.key);
    expect(await gone.code('{ runs { totalCount } }')).toBe('UNAUTHENTICATED');
    for (const { token } of [mine, byMine])
      expect((await suite.api.refusal('{ viewer { name } }', {}, token)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await suite.api.get('{ viewer { canRead } }', {}, machine.token)).toEqual({ viewer: { canRead: true } });
    await expect(signIn(suite.api, 'Gone Soon')).rejects.toThrow(wrong);
    await expect(join(suite.api, 'gone soon', 'VIEWER')).rejects.toThrow(/has, or had/);
    expect(await suite.api.get('{ experiment(slug: "kept") { createdBy } }', {}, suite.api.key)).toEqual({
      experiment: { createdBy: 'Gone Soon' },
    });
    expect((await suite.api.refusal(remove, { id: await idOf('Gone Soon') }, suite.api.key)).extensions.code).toBe('NOT_FOUND');
  });

  it('who may do less has tokens that do no more, at once', async () => {
    const member = await seat(suite, 'Less Soon', 'MEMBER');
    const { createToken } = await member.get<{ createToken: { token: string } }>(
      'mutation { createToken(name: "script", role: PERSON) { token } }',
    );
    await suite.api.get(change, { id: await idOf('Less Soon'), role: 'VIEWER' }, suite.api.key);
    expect(await member.code('mutation { createExperiment(title: "No") { id } }')).toBe('FORBIDDEN');
    expect((await suite.api.refusal('mutation { createExperiment(title: "No") { id } }', {}, createToken.token)).extensions.code).toBe(
      'FORBIDDEN',
    );
  });

  it('who is no admin any more comes back by no invitation of theirs; the printed one is closed by the first admin', async () => {
    const open = async () =>
      (
        await suite.database.query<{ by: string }>(
          `SELECT coalesce(created_by, 'server') AS by FROM invitations WHERE used_at IS NULL AND revoked_at IS NULL AND created_by IS DISTINCT FROM 'owner'`,
        )
      ).map(({ by }) => by);
    const [one, two] = [await seat(suite, 'Leaves', 'ADMIN'), await seat(suite, 'Made Less', 'ADMIN')];
    for (const admin of [one, two]) await admin.get('mutation { invite(role: ADMIN) { token } }');
    await suite.database.query(`UPDATE invitations SET revoked_at = NULL, used_at = NULL, person_id = NULL WHERE created_by IS NULL`);
    expect((await open()).sort()).toEqual(['Leaves', 'Made Less', 'server']);
    await suite.api.get(remove, { id: await idOf('Leaves') }, suite.api.key);
    await suite.api.get(change, { id: await idOf('Made Less'), role: 'VIEWER' }, suite.api.key);
    expect(await open()).toEqual(['server']);
    await suite.api.get(change, { id: await idOf('Made Less'), role: 'ADMIN' }, suite.api.key);
    expect(await open()).toEqual([]);
  });

  it.each([
    ['removed', remove, /You were signed out/],
    ['given fewer rights', change, /Your rights were changed/],
  ])('an open subscription of who is %s ends with the reason, though nothing happens', async (how, mutation, reason) => {
    const name = `Watcher ${how}`;
    const watcher = await seat(suite, name, 'MEMBER');
    const subscription = subscribe<object>(suite.api.url, 'subscription { trainersChanged { id } }', {}, undefined, watcher.headers);
    await subscription.next();
    const ended = subscription.next().then(
      () => undefined,
      (error: unknown) => error,
    );
    const began = performance.now();
    await suite.api.get(mutation, { id: await idOf(name), role: 'VIEWER' }, suite.api.key);
    expect(await ended).toMatchObject({ code: 4403, reason: expect.stringMatching(reason) });
    expect(performance.now() - began).toBeLessThan(3000);
    await subscription.close();
  });

  it('a session’s token is none in an authorization header', async () => {
    const { session } = await seat(suite, 'By Header', 'VIEWER');
    expect((await suite.api.refusal('{ viewer { name } }', {}, session)).extensions.code).toBe('UNAUTHENTICATED');
    expect(await atBrowser(suite.api, session).get('{ viewer { name } }')).toEqual({ viewer: { name: 'By Header' } });
  });
});
