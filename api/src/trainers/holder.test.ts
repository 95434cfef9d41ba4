import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shapes, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

describe('a trainer’s key', () => {
  const { api, database } = useApiLater();
  const join = (key: string, home?: string) => TestTrainer.join(api(), { key, ...(home ? { home } : {}) });

  const register = 'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } } }';
  const refusal = (key: string, home: string) => {
    const input = { key, home, name: 'copy', host: 'b', engines: ['reference'], device: 'd', slots: 1, version: '0', datasets: [shapes] };
    return api().refusal(register, { input }, api().trainerToken);
  };

  it('is its home’s, over any number of starts', async () => {
    const key = randomUUID();
    expect((await join(key, 'here')).id).toBe((await join(key, 'here')).id);
  });

  it('is refused to a copy of its home while it works; that changes nothing', async () => {
    const key = randomUUID();
    const trainer = await join(key, 'here');
    const { message, extensions } = await refusal(key, 'there');
    expect(extensions).toMatchObject({ code: 'CONFLICT', lastSeenAt: expect.stringMatching(/^\d{4}-/) });
    expect(message).toContain('held by one in another folder or on another machine');
    const [row] = await database().query<{ name: string; home: string; left: boolean }>(
      `SELECT name, home, "left" FROM trainers WHERE id = '${trainer.id}'`,
    );
    expect(row).toEqual({ name: 'bench', home: 'here', left: false });
    await trainer.claim();
    expect((await refusal(key, 'there')).extensions).not.toEqual(extensions);
  });

  it('moves with its home once nobody is heard of under it', async () => {
    const key = randomUUID();
    const { id } = await join(key, 'here');
    await database().query(`UPDATE trainers SET "left" = true WHERE id = '${id}'`);
    expect((await join(key, 'there')).id).toBe(id);
    expect((await refusal(key, 'here')).extensions.code).toBe('CONFLICT');
  });

  it('of two copies that come at once, is one’s', async () => {
    const key = randomUUID();
    const outcomes = await Promise.allSettled([join(key, 'here'), join(key, 'there')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is anybody’s who does not say where, as older trainers', async () => {
    const key = randomUUID();
    const { id } = await join(key);
    expect((await join(key, 'here')).id).toBe(id);
    expect((await join(key)).id).toBe(id);
  });
});

function useApiLater() {
  const suite = useApi();
  return { api: () => suite.api, database: () => suite.database };
}
