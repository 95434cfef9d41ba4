import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

describe('a fleet under control', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const control = (what: string, ids: string[], token = suite.api.key) =>
    suite.api.get<Record<string, { draining: boolean }[]>>(`mutation ($ids: [ID!]!) { ${what}(ids: $ids) { draining } }`, { ids }, token);
  const remove = 'mutation ($ids: [ID!]!) { removeTrainers(ids: $ids) }';
  const leave = (id: string) => suite.api.get('mutation ($id: ID!) { leaveFleet(trainerId: $id) }', { id }, suite.api.trainerToken);
  const names = async () =>
    (await suite.api.get<{ trainers: { name: string }[] }>('{ trainers { name } }')).trainers.map(({ name }) => name);

  it('a drained trainer finishes what it runs and takes nothing new, also after a restart, until it is resumed', async () => {
    const key = 'a trainer that is drained';
    const trainer = await TestTrainer.join(suite.api, { key });
    await schedule(suite.api, smallSpec, [1, 2]);
    const claim = await trainer.claimOrFail();
    expect(await control('drainTrainers', [trainer.id])).toEqual({ drainTrainers: [{ draining: true }] });
    await TestTrainer.join(suite.api, { key });
    expect(await trainer.claim()).toBeNull();
    await trainer.complete(claim, [0.5]);
    expect(await trainer.claim()).toBeNull();
    await control('resumeTrainers', [trainer.id]);
    await trainer.complete(await trainer.claimOrFail(), [0.5]);
  });

  it('one that has left can be removed, with its name kept by what it trained; one at work cannot', async () => {
    const trainer = await TestTrainer.join(suite.api, { name: 'old' });
    const [id] = await schedule(suite.api, smallSpec, [3]);
    await trainer.complete(await trainer.claimOrFail(), [0.5]);
    const refused = await suite.api.refusal(remove, { ids: [trainer.id] }, suite.api.key);
    expect(refused).toMatchObject({ message: expect.stringContaining('"old" has not left'), extensions: { code: 'CONFLICT' } });
    await leave(trainer.id);
    expect(await suite.api.get(remove, { ids: [trainer.id] }, suite.api.key)).toEqual({ removeTrainers: 1 });
    expect(await names()).not.toContain('old');
    const { run } = await suite.api.get<{ run: object }>('query ($id: ID!) { run(id: $id) { attempts { trainerName } } }', { id });
    expect(run).toEqual({ attempts: [{ trainerName: 'old' }] });
    expect(await suite.api.refusal(remove, { ids: [trainer.id] }, suite.api.key)).toMatchObject({ extensions: { code: 'NOT_FOUND' } });
  });

  it('one that ends by itself is listed until it has', async () => {
    const trainer = await TestTrainer.join(suite.api, { name: 'for an hour', ephemeral: true });
    expect(await names()).toContain('for an hour');
    await leave(trainer.id);
    expect(await names()).not.toContain('for an hour');
  });

  it('is for people', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const token = suite.api.trainerToken;
    for (const what of ['drainTrainers', 'resumeTrainers']) await expect(control(what, [trainer.id], token)).rejects.toThrow('FORBIDDEN');
    expect(await suite.api.refusal(remove, { ids: [trainer.id] }, token)).toMatchObject({ extensions: { code: 'FORBIDDEN' } });
  });

  it('a trainer of an older contract is told to update, and may still hand back what it runs', async () => {
    const key = 'a trainer that is too old';
    const trainer = await TestTrainer.join(suite.api, { key });
    await schedule(suite.api, smallSpec, [4]);
    const claim = await trainer.claimOrFail();
    await expect(TestTrainer.join(suite.api, { key, contract: 0 })).rejects.toThrow(
      /OUTDATED|speaks version 0 of the contract, this API 1: update the trainer/,
    );
    expect((await trainer.handBack(claim)).errors).toBeUndefined();
  });
});

describe('waiting runs', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const prioritize = (ids: string[], priority: number) =>
    suite.api.get(
      'mutation ($ids: [ID!]!, $priority: Int!) { prioritizeRuns(ids: $ids, priority: $priority) { id } }',
      { ids, priority },
      suite.api.key,
    );

  it('go by the priority that they were given last, and a teacher by that of who waits for it', async () => {
    const trainer = await TestTrainer.join(suite.api, { slots: 10 });
    const [first] = await schedule(suite.api, smallSpec, [1]);
    const [second] = await schedule(suite.api, smallSpec, [2]);
    const [teacher = ''] = await schedule(suite.api, smallSpec, [3]);
    const [student = ''] = await schedule(suite.api, {
      ...smallSpec,
      networks: [{ model: 'mlp-16' }],
      method: { distillation: { teachers: [{ run: { runId: teacher } }] } },
    });
    await prioritize([second ?? ''], 5);
    await prioritize([student], 9);
    const order = [];
    for (let i = 0; i < 3; i++) order.push((await trainer.claimOrFail()).runId);
    expect(order).toEqual([teacher, second, first]);
    // What runs, or has ended, is left as it is.
    await prioritize([teacher], 50);
    const { run } = await suite.api.get<{ run: object }>('query ($id: ID!) { run(id: $id) { priority } }', { id: teacher });
    expect(run).toEqual({ priority: 0 });
  });
});
