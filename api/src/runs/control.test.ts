import { describe, expect, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

describe('runs that wait for a teacher', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const act = (mutation: string, ids: string[]) =>
    suite.api.get(`mutation ($ids: [ID!]!) { ${mutation}(ids: $ids) { id } }`, { ids }, suite.api.key);
  const state = async (id: string | undefined) =>
    (await suite.api.get<{ run: { state: string; reason: string | null } }>('query ($id: ID!) { run(id: $id) { state reason } }', { id }))
      .run;

  /** A teacher, its student, and the student's own student. */
  async function chain() {
    const [teacher = ''] = await schedule(suite.api, smallSpec, [1], { priority: 100 });
    const student = (runId: string) => ({ ...smallSpec, method: { distillation: { teachers: [{ run: { runId } }] } } });
    const [middle = ''] = await schedule(suite.api, student(teacher));
    const [last = ''] = await schedule(suite.api, student(middle));
    return { teacher, middle, last };
  }

  it('are BLOCKED until it has succeeded', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const { teacher, middle, last } = await chain();
    expect(await state(middle)).toEqual({ state: 'BLOCKED', reason: `Waits for its teacher, run ${teacher}, to succeed.` });
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(teacher);
    expect(await trainer.claim()).toBeNull();
    await trainer.complete(claim, [0.6]);
    expect(await state(middle)).toMatchObject({ state: 'QUEUED' });
    expect(await state(last)).toMatchObject({ state: 'BLOCKED' });
    await act('cancelRuns', [middle]);
    expect(await state(last)).toMatchObject({ state: 'FAILED', reason: expect.stringContaining(`run ${middle}, was cancelled`) });
  });

  it('fail with it, naming it, and are revived when it is retried', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const { teacher, middle, last } = await chain();
    await trainer.fail(await trainer.claimOrFail(), { permanent: true });
    expect(await state(middle)).toEqual({
      state: 'FAILED',
      reason: `Its teacher, run ${teacher}, failed. Retry that run and this one is revived.`,
    });
    expect(await state(last)).toMatchObject({ state: 'FAILED', reason: expect.stringContaining(middle) });

    const alone = await suite.api.refusal('mutation ($ids: [ID!]!) { retryRuns(ids: $ids) { id } }', { ids: [middle] }, suite.api.key);
    expect(alone).toMatchObject({ extensions: { code: 'CONFLICT' }, message: expect.stringContaining(teacher) });
    await act('retryRuns', [teacher]);
    expect((await state(teacher)).state).toBe('QUEUED');
    expect([(await state(middle)).state, (await state(last)).state]).toEqual(['BLOCKED', 'BLOCKED']);
    const again = await trainer.claimOrFail();
    expect(again).toMatchObject({ runId: teacher, attempt: 2 });
    await trainer.complete(again, [0.6]);
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    expect((await state(last)).state).toBe('QUEUED');
    await act('cancelRuns', [last]);
  });

  it('are refused deletion of what they need; ended ones are archived, then deleted', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const { teacher, middle, last } = await chain();
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    const refuse = (mutation: string, ids: string[]) => suite.api.refusal(mutation, { ids }, suite.api.key);
    const remove = 'mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }';
    expect((await refuse(remove, [teacher])).message).toMatch(/is not archived/);
    expect((await refuse('mutation ($ids: [ID!]!) { archiveRuns(ids: $ids) { id } }', [middle])).message).toMatch(/has not ended/);
    await act('archiveRuns', [teacher]);
    expect((await refuse(remove, [teacher])).message).toMatch(`Run ${middle} still needs run ${teacher}`);
    await act('cancelRuns', [middle, last]);
    await act('archiveRuns', [middle, last]);
    expect(await suite.api.get(remove, { ids: [teacher, middle, last] }, suite.api.key)).toEqual({ deleteRuns: 3 });
    expect((await refuse(remove, [teacher])).extensions.code).toBe('NOT_FOUND');
  });

  it('cannot be retried once their teacher is deleted; a retry takes a run out of the archive', async () => {
    const trainer = await TestTrainer.join(suite.api);
    const { teacher, middle, last } = await chain();
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    await act('cancelRuns', [middle]);
    await act('archiveRuns', [teacher, middle, last]);
    await act('retryRuns', [middle]);
    const archived = async (id: string) =>
      (await suite.api.get<{ run: { archived: boolean } }>('query ($id: ID!) { run(id: $id) { archived } }', { id })).run.archived;
    expect(await Promise.all([teacher, middle, last].map(archived))).toEqual([true, false, false]);
    await act('cancelRuns', [middle]);
    await suite.api.get('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids: [teacher] }, suite.api.key);
    const retry = 'mutation ($ids: [ID!]!) { retryRuns(ids: $ids) { id } }';
    expect(await suite.api.refusal(retry, { ids: [middle] }, suite.api.key)).toMatchObject({
      message: expect.stringContaining('has been deleted'),
      extensions: { code: 'CONFLICT' },
    });
  });

  it('and all others stand in a queue by priority, then age, and say why no trainer fits', async () => {
    const trainer = await TestTrainer.join(suite.api, { engines: ['reference'] });
    const [late] = await schedule(suite.api, smallSpec, [21]);
    const [urgent] = await schedule(suite.api, smallSpec, [22], { priority: 5 });
    const [gpu] = await schedule(suite.api, smallSpec, [23], { execution: { engine: 'COMPILED_CUDA' }, priority: 9 });
    const places = async () => {
      const { runs } = await suite.api.get<{ runs: { edges: { node: { id: string; queuePosition: number; reason: string | null } }[] } }>(
        '{ runs(filter: { states: [QUEUED] }) { edges { node { id queuePosition reason } } } }',
      );
      return runs.edges.map(({ node }) => node);
    };
    const none = expect.stringMatching(
      /None of the \d trainer\(s\) that hold shapes-16 offers the engine compiled-cuda\. docs\/guide\/gpu\.md.*AUTO/,
    );
    expect(await places()).toEqual([
      { id: gpu, queuePosition: 1, reason: none },
      { id: urgent, queuePosition: 2, reason: null },
      { id: late, queuePosition: 3, reason: null },
    ]);
    expect((await trainer.claimOrFail()).runId).toBe(urgent);
    await suite.database.query('UPDATE trainers SET "left" = true');
    expect((await places())[1]?.reason).toBe('No trainer is online. Start one: npm run trainer -- join');
  });
});
