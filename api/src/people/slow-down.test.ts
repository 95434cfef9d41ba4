import { describe, expect, it, vi } from 'vitest';
import { useDatabase } from '../testing/rules-suite.ts';
import { forgetTries, mostRows, noteTry, ofName, ofPair } from './slow-down.ts';

describe('wrong passwords', () => {
  const suite = useDatabase();
  const tryAs = async (name: string, address: string): Promise<number> => {
    try {
      await suite.inTransaction((tx) => noteTry(tx, { name, address }));
      return 0;
    } catch (error) {
      return (error as { extensions: { retryAfter: number } }).extensions.retryAfter;
    }
  };
  const triesBefore = async (name: string, address: string) => {
    for (let tries = 0; ; tries += 1) if ((await tryAs(name, address)) > 0) return tries;
  };
  const pass = (seconds: number) =>
    suite.database.query(`UPDATE sign_in_failures SET last_at = last_at - make_interval(secs => ${seconds})`);

  it('are free a few times, then cost twice the wait each, however the name is written, and are forgotten', async () => {
    expect(await triesBefore('Ada', '192.0.2.1')).toBe(ofPair.free + 1);
    expect(await tryAs(' aDA ', '192.0.2.1')).toBe(2);
    const waits: number[] = [];
    for (let times = 0; times < 9; times += 1) {
      await pass(waits.at(-1) ?? 2);
      expect(await tryAs('Ada', '192.0.2.1')).toBe(0);
      waits.push(await tryAs('Ada', '192.0.2.1'));
    }
    expect(waits).toEqual([4, 8, 16, 32, 64, 128, 256, ofPair.longest, ofPair.longest]);
    await pass(3601);
    expect(await triesBefore('Ada', '192.0.2.1')).toBe(ofPair.free + 1);
  });

  it('from one address slow neither another name there, nor the same name elsewhere', async () => {
    await triesBefore('Grace', '192.0.2.2');
    expect(await tryAs('Alan', '192.0.2.2')).toBe(0);
    expect(await tryAs('Grace', '192.0.2.3')).toBe(0);
  });

  it('from many addresses come through once in ten seconds; who is signed in there is not slowed by them', async () => {
    await suite.inTransaction(async (tx) => {
      await tx.person.create({ data: { id: 'person_1', name: 'Mary', username: 'mary', role: 'VIEWER' } });
      await tx.session.create({
        data: { id: 's', personId: 'person_1', token: 't', address: '198.51.100.7', expiresAt: new Date(Date.now() + 1e6) },
      });
    });
    let tries = 0;
    while ((await tryAs('Mary', `203.0.113.${tries}`)) === 0) tries += 1;
    expect(tries).toBeGreaterThan(ofName.free);
    await pass(60);
    for (let more = 0; more < 10; more += 1) {
      await tryAs('Mary', `203.0.113.${100 + more}`);
      await pass(3);
    }
    expect(await tryAs('Mary', '203.0.113.200')).toBeLessThanOrEqual(ofName.longest);
    expect(await tryAs('Mary', '198.51.100.7')).toBe(0);
    await pass(ofName.longest);
    expect(await tryAs('Mary', '203.0.113.201')).toBe(0);
  });

  it('sent at once count one by one', async () => {
    const answers = await Promise.all(Array.from({ length: 12 }, () => tryAs('Kurt', '192.0.2.9')));
    expect(answers.filter((wait) => wait === 0)).toHaveLength(ofPair.free + 1);
  });

  it('are forgotten by who proves to be that one, and no refused try is counted', async () => {
    await triesBefore('Emmy', '192.0.2.4');
    await tryAs('Emmy', '192.0.2.4');
    await pass(2);
    expect(await tryAs('Emmy', '192.0.2.4')).toBe(0);
    expect(await tryAs('Emmy', '192.0.2.4')).toBe(4);
    await suite.inTransaction((tx) => forgetTries(tx, { name: 'Emmy', address: '192.0.2.4' }));
    expect(await triesBefore('Emmy', '192.0.2.4')).toBe(ofPair.free + 1);
  });

  it('leave a bounded number of rows', async () => {
    await suite.database.query(
      `INSERT INTO sign_in_failures SELECT 'k' || n, 1, now() - n * interval '1 ms' FROM generate_series(1, $1::int) n`,
      [mostRows + 500],
    );
    const rows = async () => Number((await suite.database.query<{ n: string }>('SELECT count(*) AS n FROM sign_in_failures'))[0]?.n);
    // Chance says which try in a hundred looks the table through.
    const chance = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    await tryAs('nobody', '192.0.2.5');
    expect(await rows()).toBeGreaterThan(mostRows + 500);
    chance.mockReturnValue(0);
    await tryAs('nobody else', '192.0.2.5');
    expect(await rows()).toBeLessThanOrEqual(mostRows + 10);
  });
});
