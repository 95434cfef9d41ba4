import { describe, expect, it } from 'vitest';
import { controlsOf } from '../testing/controls.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { queue } from '../testing/standing.ts';
import { useApi } from '../testing/suite.ts';

describe('runs that wait for a teacher', () => {
  const suite = useDatabase();
  const { state, cancel, retry, archive, remove } = controlsOf(suite);

  /** A teacher, its student, and the student's own student. */
  async function chain() {
    const [teacher = ''] = await schedule(suite.house, smallSpec, [1], { priority: 100 });
    const student = (runId: string) => ({ ...smallSpec, method: { distillation: { teachers: [{ run: { runId } }] } } });
    const [middle = ''] = await schedule(suite.house, student(teacher));
    const [last = ''] = await schedule(suite.house, student(middle));
    return { teacher, middle, last };
  }

  it('are BLOCKED until it has succeeded', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { teacher, middle, last } = await chain();
    expect(await state(middle)).toEqual({ state: 'BLOCKED', reason: `Waits for its teacher, run ${teacher}, to succeed.` });
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(teacher);
    expect(await trainer.claim()).toBeNull();
    await trainer.complete(claim, [0.6]);
    expect(await state(middle)).toMatchObject({ state: 'QUEUED' });
    expect(await state(last)).toMatchObject({ state: 'BLOCKED' });
    await cancel([middle]);
    expect(await state(last)).toMatchObject({ state: 'FAILED', reason: expect.stringContaining(`run ${middle}, was cancelled`) });
  });

  it('fail with it, naming it, and are revived when it is retried', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { teacher, middle, last } = await chain();
    await trainer.fail(await trainer.claimOrFail(), { permanent: true });
    expect(await state(middle)).toEqual({
      state: 'FAILED',
      reason: `Its teacher, run ${teacher}, failed. Retry that run and this one is revived.`,
    });
    expect(await state(last)).toMatchObject({ state: 'FAILED', reason: expect.stringContaining(middle) });

    await expect(retry([middle])).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(teacher) });
    await retry([teacher]);
    expect((await state(teacher)).state).toBe('QUEUED');
    expect([(await state(middle)).state, (await state(last)).state]).toEqual(['BLOCKED', 'BLOCKED']);
    const again = await trainer.claimOrFail();
    expect(again).toMatchObject({ runId: teacher, attempt: 2 });
    await trainer.complete(again, [0.6]);
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    expect((await state(last)).state).toBe('QUEUED');
    await cancel([last]);
  });

  it('are refused deletion of what they need; ended ones are archived, then deleted', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { teacher, middle, last } = await chain();
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    await expect(remove([teacher])).rejects.toThrow(/is not archived/);
    await expect(archive([middle])).rejects.toThrow(/has not ended/);
    await archive([teacher]);
    await expect(remove([teacher])).rejects.toThrow(`Run ${middle} still needs run ${teacher}`);
    await cancel([middle, last]);
    await archive([middle, last]);
    expect(await remove([teacher, middle, last])).toBe(3);
    await expect(remove([teacher])).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('cannot be retried once their teacher is deleted; a retry takes a run out of the archive', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { teacher, middle, last } = await chain();
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    await cancel([middle]);
    await archive([teacher, middle, last]);
    await retry([middle]);
    const archived = async (id: string) => (await suite.db.run.findUniqueOrThrow({ where: { id } })).archivedAt !== null;
    expect(await Promise.all([teacher, middle, last].map(archived))).toEqual([true, false, false]);
    await cancel([middle]);
    await remove([teacher]);
    await expect(retry([middle])).rejects.toMatchObject({ message: expect.stringContaining('has been deleted'), code: 'CONFLICT' });
  });

  it('and all others stand in a queue by priority, then age, and say why no trainer fits', async () => {
    const trainer = await TestTrainer.join(suite.house, { engines: ['reference'] });
    const [late] = await schedule(suite.house, smallSpec, [21]);
    const [urgent] = await schedule(suite.house, smallSpec, [22], { priority: 5 });
    const [gpu] = await schedule(suite.house, smallSpec, [23], { execution: { engine: 'COMPILED_CUDA' }, priority: 9 });
    const places = () => queue(suite.db);
    const none = expect.stringMatching(
      /None of the \d trainer\(s\) that hold shapes-16 offers the engine compiled-cuda\. docs\/guide\/gpu\.md.*AUTO/,
    );
    expect(await places()).toEqual([
      { id: gpu, queuePosition: 1, reason: none },
      { id: urgent, queuePosition: 2, reason: null },
      { id: late, queuePosition: 3, reason: null },
    ]);
    const [asked] = await schedule(suite.house, smallSpec, [24], { execution: { engine: 'TFJS_NODE' }, priority: -9 });
    expect((await places()).find(({ id }) => id === asked)?.reason).toContain('npm run trainer -- install tfjs-node brings it');
    await cancel([asked as string]);
    expect((await trainer.claimOrFail()).runId).toBe(urgent);
    await suite.database.query('UPDATE trainers SET "left" = true');
    expect((await places())[1]?.reason).toBe('No trainer is online. Start one: npm run trainer -- join');
  });
});

describe('control over GraphQL', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });

  it('gives back the runs it changed, or the code of a refusal', async () => {
    await TestTrainer.join(suite.api);
    const [teacher = ''] = await schedule(suite.api, smallSpec);
    const [id = ''] = await schedule(suite.api, { ...smallSpec, method: { distillation: { teachers: [{ run: { runId: teacher } }] } } });
    const mutation = (name: string) => `mutation ($ids: [ID!]!) { ${name}(ids: $ids) { id state archived } }`;
    const act = (name: string, ids: string[]) => suite.api.get(mutation(name), { ids }, suite.api.key);
    const remove = 'mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }';
    expect(await act('cancelRuns', [teacher])).toEqual({ cancelRuns: [{ id: teacher, state: 'CANCELLED', archived: false }] });
    const refused = await suite.api.refusal(mutation('retryRuns'), { ids: [id] }, suite.api.key);
    expect(refused.extensions.code).toBe('CONFLICT');
    expect(await act('retryRuns', [teacher])).toEqual({ retryRuns: [{ id: teacher, state: 'QUEUED', archived: false }] });
    await act('cancelRuns', [teacher]);
    expect(await act('archiveRuns', [teacher])).toEqual({ archiveRuns: [{ id: teacher, state: 'CANCELLED', archived: true }] });
    expect(await suite.api.get(remove, { ids: [teacher] }, suite.api.key)).toEqual({ deleteRuns: 1 });
    expect((await suite.api.refusal(remove, { ids: [teacher] }, suite.api.key)).extensions.code).toBe('NOT_FOUND');
  });

  it('tells who shows runs which of them were deleted', async () => {
    await TestTrainer.join(suite.api);
    const ids = await schedule(suite.api, smallSpec, [81, 82]);
    const act = (name: string) => suite.api.get(`mutation ($ids: [ID!]!) { ${name}(ids: $ids) { id } }`, { ids }, suite.api.key);
    await act('cancelRuns');
    await act('archiveRuns');
    const deleted = suite.api.subscribe<{ runsDeleted: string[] }>('subscription { runsDeleted }');
    const listening = '{ serverFigures { name value } }';
    type Figures = { serverFigures: { name: string; value: number }[] };
    await expect
      .poll(async () => {
        const { serverFigures } = await suite.api.get<Figures>(listening, {}, suite.api.key);
        return serverFigures.find(({ name }) => name === 'studyhall_subscribers')?.value;
      })
      .toBeGreaterThanOrEqual(1);
    await suite.api.get('mutation ($ids: [ID!]!) { deleteRuns(ids: $ids) }', { ids }, suite.api.key);
    const heard = new Set<string>();
    await deleted.until(({ runsDeleted }) => {
      for (const id of runsDeleted) heard.add(id);
      return heard.size === ids.length;
    });
    expect(heard).toEqual(new Set(ids));
  });
});
