import { describe, expect, it } from 'vitest';
import { controlsOf } from '../testing/controls.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { changeRuns, moveRuns, type RunAction, tagRuns } from './bulk.ts';
import { createExperiment, updateExperiment } from './experiment.ts';

describe('many runs', () => {
  const suite = useDatabase();
  const { state, cancel, archive } = controlsOf(suite);
  const change = (ids: string[], action: RunAction) => suite.inTransaction((tx) => changeRuns(tx, ids, action));
  const reasons = async (outcomes: Promise<{ refusal: string | null }[]>) => (await outcomes).map(({ refusal }) => refusal);
  const learnFrom = (runId: string) => ({ ...smallSpec, method: { distillation: { teachers: [{ run: { runId } }] } } });

  it('are each done what they allow, and each of the others says why not', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [done = '', queued = '', lost = ''] = await schedule(suite.house, smallSpec, [1, 2, 3]);
    await cancel([lost]);
    await trainer.complete(await trainer.claimOrFail(), [0.5]);
    const all = [done, queued, lost, 'run_none', lost];
    expect(await reasons(change(all, 'CANCEL'))).toEqual([
      `Run ${done} had ended already: it succeeded.`,
      null,
      `Run ${lost} had ended already: it was cancelled.`,
      'There is no run "run_none".',
    ]);
    expect(await reasons(change(all, 'RETRY'))).toEqual([
      `Run ${done} has succeeded: only failed and cancelled ones are retried.`,
      null,
      null,
      'There is no run "run_none".',
    ]);
    expect(await reasons(change(all, 'ARCHIVE'))).toMatchObject([null, /has not ended/, /has not ended/, /no run/].map(matching));
    expect(await reasons(change(all, 'UNARCHIVE'))).toMatchObject([null, /is not archived/, /is not archived/, /no run/].map(matching));
    await cancel([queued, lost]);
    await archive([queued, lost]);
    expect(await reasons(change(all, 'DELETE'))).toMatchObject([/only archived runs are deleted/, null, null, /no run/].map(matching));
    expect(await suite.db.run.count({ where: { id: { in: all } } })).toBe(1);
  });

  it('that learn from one that cannot be retried cannot be either; with their teacher they can', async () => {
    const [teacher = ''] = await schedule(suite.house, smallSpec, [11]);
    const [middle = ''] = await schedule(suite.house, learnFrom(teacher), [11]);
    const [last = ''] = await schedule(suite.house, learnFrom(middle), [11]);
    await cancel([last, middle, teacher]);
    expect(await reasons(change([last, middle], 'RETRY'))).toMatchObject([/learns from run/, /learns from run/].map(matching));
    expect(await reasons(change([last, middle, teacher], 'RETRY'))).toEqual([null, null, null]);
    expect([(await state(teacher)).state, (await state(last)).state]).toEqual(['QUEUED', 'BLOCKED']);
    await cancel([last]);
    await archive([last]);
    expect(await reasons(change([last, teacher], 'DELETE'))).toMatchObject([null, /is not archived/].map(matching));
    await cancel([middle, teacher]);
  });

  it('are tagged as far as each has room', async () => {
    const full = Array.from({ length: 20 }, (_, place) => `tag ${place}`);
    const ids = [
      ...(await schedule(suite.house, smallSpec, [21], { tags: ['old'] })),
      ...(await schedule(suite.house, smallSpec, [22], { tags: full })),
    ];
    const tag = (add: string[], remove: string[]) => suite.inTransaction((tx) => tagRuns(tx, ids, add, remove));
    expect(await reasons(tag(['my tag'], ['old']))).toMatchObject([null, /at most 20/].map(matching));
    expect((await suite.db.run.findUniqueOrThrow({ where: { id: ids[0] ?? '' } })).tags).toEqual(['my tag']);
    expect(await reasons(tag(['my tag'], []))).toMatchObject([/has these tags already/, /at most 20/].map(matching));
    await expect(tag([], [' '])).rejects.toThrow('Name a tag');
    await cancel(ids);
  });

  it('are put into an experiment and out of it, with whoever shows it being told; not into one that is archived', async () => {
    const ids = await schedule(suite.house, smallSpec, [31, 32]);
    const id = await suite.inTransaction((tx) => createExperiment(tx, { title: 'Afterwards', note: '', createdBy: 'owner' }));
    const move = (to: string | null) => suite.inTransaction((tx) => moveRuns(tx, ids, to));
    expect(await reasons(move(id))).toEqual([null, null]);
    expect(await reasons(move(id))).toMatchObject([/already/, /already/].map(matching));
    expect(await suite.db.boardGroup.findFirst({ where: { experimentId: id } })).not.toBeNull();
    expect(await reasons(move(null))).toEqual([null, null]);
    await suite.inTransaction((tx) => updateExperiment(tx, id, { archived: true }));
    await expect(move(id)).rejects.toThrow(/is archived/);
    await expect(move('exp_none')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(move('x'.repeat(10))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await cancel(ids);
  });

  it('are put into an experiment that is made with that, and not where none of them can be', async () => {
    const ids = await schedule(suite.house, smallSpec, [41, 42]);
    const move = (which: string[], title: string) =>
      suite.inTransaction((tx) => moveRuns(tx, which, { title, note: '', createdBy: 'owner' }));
    expect(await reasons(move(['run_none'], 'Left empty'))).toEqual(['There is no run "run_none".']);
    await expect(move(ids, ' ')).rejects.toThrow(/1 to 200 characters/);
    expect(await reasons(move([...ids, 'run_none'], 'Made of two'))).toEqual([null, null, 'There is no run "run_none".']);
    const made = await suite.db.experiment.findMany({ where: { title: { in: ['Left empty', 'Made of two'] } }, include: { runs: true } });
    expect(made.map(({ title, runs }) => [title, runs.length])).toEqual([['Made of two', 2]]);
    await cancel(ids);
  });

  it('are at most 200', async () => {
    await expect(
      change(
        Array.from({ length: 201 }, (_, place) => `run_${place}`),
        'CANCEL',
      ),
    ).rejects.toThrow(/at most 200/);
  });
});

describe('many runs over GraphQL', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });

  it('are changed by people alone, who hear of each', async () => {
    await TestTrainer.join(suite.api);
    const ids = await schedule(suite.api, smallSpec, [1, 2]);
    const mutation = 'mutation ($ids: [ID!]!) { changeRuns(ids: $ids, action: CANCEL) { done outcomes { id refusal } runs { id state } } }';
    expect((await suite.api.refusal(mutation, { ids })).extensions.code).toBe('UNAUTHENTICATED');
    expect((await suite.api.refusal(mutation, { ids }, suite.api.trainerToken)).extensions.code).toBe('FORBIDDEN');
    expect(await suite.api.get(mutation, { ids: [...ids, 'x'] }, suite.api.key)).toEqual({
      changeRuns: {
        done: 2,
        outcomes: [...ids.map((id) => ({ id, refusal: null })), { id: 'x', refusal: 'There is no run "x".' }],
        runs: ids.map((id) => ({ id, state: 'CANCELLED' })),
      },
    });
  });
});

const matching = (expected: RegExp | null) => (expected === null ? null : expect.stringMatching(expected));
