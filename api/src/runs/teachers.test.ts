import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { Tx } from '../db.ts';
import { releaseDependants } from '../sql/dependants.ts';
import { controlsOf } from '../testing/controls.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { queue, queuePosition } from '../testing/standing.ts';
import { deleteRuns, retryRuns } from './control.ts';

describe('a run with several teachers', () => {
  const suite = useDatabase();
  const { state, cancel, retry, archive, remove } = controlsOf(suite);
  const teachersOf = (runId: string) =>
    suite.db.runTeacher.findMany({
      where: { runId },
      select: { position: true, network: true, teacherRunId: true },
      orderBy: { position: 'asc' },
    });
  const learnFrom = (...runIds: string[]) => ({
    ...smallSpec,
    method: { distillation: { teachers: runIds.map((runId) => ({ run: { runId } })) } },
  });

  /** Two teachers, their student, and a run that learns from one of them and the student. */
  async function family() {
    const [first = '', second = ''] = await schedule(suite.house, smallSpec, [1, 2], { priority: 100 });
    const [student = ''] = await schedule(suite.house, learnFrom(first, second), [1], { priority: 90 });
    const [last = ''] = await schedule(suite.house, learnFrom(second, student), [1], { priority: 80 });
    return { first, second, student, last };
  }
  const finish = async (trainer: TestTrainer, runId: string) => {
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(runId);
    await trainer.complete(claim, [0.6]);
  };
  const lose = async (trainer: TestTrainer, runId: string) => {
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(runId);
    await trainer.fail(claim, { permanent: true });
  };

  it('lends them its priority, and theirs to those they wait for', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [slow = ''] = await schedule(suite.house, smallSpec, [21], { priority: -100 });
    const others = await schedule(suite.house, smallSpec, [22, 23], { priority: 0 });
    const [middle = ''] = await schedule(suite.house, learnFrom(slow), [21], { priority: -50 });
    const place = (id: string) => queuePosition(suite.db, id);
    expect(await place(slow)).toBe(3);
    const [urgent = ''] = await schedule(suite.house, learnFrom(middle), [21], { priority: 100 });
    expect(await place(slow)).toBe(1);
    expect((await queue(suite.db)).map(({ id }) => id)).toEqual([slow, ...others]);
    for (const id of [slow, middle, urgent, ...others]) await finish(trainer, id);
  });

  it('waits for all of them, then is handed all their weights in the spec’s order', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { first, second, student, last } = await family();
    expect((await state(student)).reason).toBe(`Waits for its teachers, runs ${first} and ${second}, to succeed.`);
    await finish(trainer, first);
    expect(await state(student)).toEqual({ state: 'BLOCKED', reason: `Waits for its teacher, run ${second}, to succeed.` });
    await finish(trainer, second);
    expect((await state(student)).state).toBe('QUEUED');
    expect((await state(last)).state).toBe('BLOCKED');
    const claim = await trainer.claimOrFail();
    expect(claim.teachers.map(({ runId }) => runId)).toEqual([first, second]);
    await trainer.complete(claim, [0.6]);
    await cancel([last]);
  });

  it('is not forgotten when both succeed at the same moment', async () => {
    await TestTrainer.join(suite.house);
    const { first, second, student } = await family();
    const succeed = async (tx: Tx, runId: string) => {
      await tx.job.update({ where: { runId }, data: { state: 'SUCCEEDED', finishedAt: new Date() } });
      return releaseDependants(tx, runId);
    };
    let other: Promise<object[]> = Promise.resolve([]);
    await suite.db.$transaction(async (tx) => {
      expect(await succeed(tx, first)).toEqual([]);
      // The second teacher ends before the first one's end can be seen.
      other = suite.db.$transaction((later) => succeed(later, second));
      await Promise.race([other, delay(300)]);
    });
    expect(await other).toMatchObject([{ run_id: student, state: 'QUEUED' }]);
    await cancel([student]);
  });

  it('fails with one of them, and waits again once none of them is in the way', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { first, second, student, last } = await family();
    await lose(trainer, first);
    expect(await state(student)).toEqual({
      state: 'FAILED',
      reason: `Its teacher, run ${first}, failed. Retry that run and this one is revived.`,
    });
    expect((await state(last)).reason).toContain(`Its teacher, run ${student}, failed`);
    await lose(trainer, second);
    expect((await state(student)).reason).toContain(first);

    await retry([first]);
    expect(await state(student)).toEqual({
      state: 'FAILED',
      reason: `Its teacher, run ${second}, failed. Retry that run and this one is revived.`,
    });
    await retry([second]);
    expect([(await state(student)).state, (await state(last)).state]).toEqual(['BLOCKED', 'BLOCKED']);
    await finish(trainer, first);
    await finish(trainer, second);
    await finish(trainer, student);
    await finish(trainer, last);
  });

  it('is retried alone only when none of its teachers is lost or deleted', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { first, second, student, last } = await family();
    await finish(trainer, first);
    await cancel([second, last]);
    await expect(retry([student])).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(`learns from run ${second}`),
    });
    await archive([first, second, student, last]);
    await remove([first]);
    await expect(retry([student])).rejects.toThrow('has been deleted');
    expect(await teachersOf(student)).toEqual([
      { position: 0, network: 0, teacherRunId: null },
      { position: 1, network: 0, teacherRunId: second },
    ]);
  });

  it('does not wait again for a teacher that has been deleted, and keeps no trainer from other runs', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { first, second, student, last } = await family();
    await cancel([first, second]);
    await archive([first]);
    await remove([first]);
    await retry([second]);
    expect(await state(student)).toEqual({
      state: 'FAILED',
      reason: 'One of its teachers has been deleted: clone this run and name another teacher.',
    });
    expect((await state(last)).state).toBe('FAILED');
    await finish(trainer, second);
    expect(await trainer.claim()).toBeNull();
  });

  it('keeps a teacher that is to be deleted at the very moment in which it is revived', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { first, second, student, last } = await family();
    await finish(trainer, first);
    await lose(trainer, second);
    await archive([first]);
    let other: Promise<unknown> = Promise.resolve();
    await suite.db.$transaction(async (tx) => {
      await retryRuns(tx, [second]);
      other = suite.db.$transaction((later) => deleteRuns(later, [first])).catch((error: Error) => error);
      await Promise.race([other, delay(300)]);
    });
    expect(await other).toMatchObject({ message: `Run ${student} still needs run ${first} as its teacher.` });
    await cancel([second, student, last]);
  });

  it('is told that a teacher is not there which was deleted while it was scheduled', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [first = ''] = await schedule(suite.house, smallSpec, [1], { priority: 100 });
    await finish(trainer, first);
    await archive([first]);
    const waits = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    let scheduled: Promise<unknown> = Promise.resolve();
    await suite.db.$transaction(async (tx) => {
      await deleteRuns(tx, [first]);
      scheduled = schedule(suite.house, learnFrom(first), [1]).catch((error: Error) => error);
      await vi.waitUntil(async () => (await suite.database.query(waits)).length > 0, { timeout: 30_000 });
    });
    expect(await scheduled).toMatchObject({ message: expect.stringContaining('There is no run') });
  });

  it('learns from a group’s new run rather than from one that was put aside', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [old = ''] = await schedule(suite.house, smallSpec, [7], { priority: 100 });
    await finish(trainer, old);
    await archive([old]);
    const { groupKey } = await suite.db.run.findUniqueOrThrow({ where: { id: old } });
    const fromGroup = { ...smallSpec, method: { distillation: { teachers: [{ group: { groupKey } }] } } };
    const teacherOf = async (id: string) => (await teachersOf(id))[0]?.teacherRunId;
    const [early = ''] = await schedule(suite.house, fromGroup, [7]);
    expect(await teacherOf(early)).toBe(old);
    const [anew = ''] = await schedule(suite.house, smallSpec, [7]);
    const [late = ''] = await schedule(suite.house, fromGroup, [7]);
    expect(await teacherOf(late)).toBe(anew);
    await cancel([early, anew, late]);
  });

  it('may train some of them itself, and learn from them beside its peers', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [earlier = ''] = await schedule(suite.house, smallSpec, [4], { priority: 100 });
    await finish(trainer, earlier);
    const trained = (model: string) => ({ trained: { network: { model }, epochs: 2 } });
    const [id = ''] = await schedule(
      suite.house,
      {
        ...smallSpec,
        networks: [{ model: 'cnn' }, { model: 'cnn' }],
        method: { mutual: { teaching: { teachers: [trained('cnn-32'), { run: { runId: earlier } }, trained('cnn-24')] } } },
      },
      [4],
      { priority: 100 },
    );
    const network = { index: true, role: true, model: { select: { name: true } }, view: true };
    const run = await suite.db.run.findUniqueOrThrow({
      where: { id },
      select: { label: true, method: true, networks: { select: network, orderBy: { index: 'asc' } } },
    });
    expect(run).toEqual({
      label: `DML · cnn-32 + cnn + cnn-24 → cnn ×2 · teacher 1 trained within for 2 epochs · teacher 2 run ${earlier.slice(-6)} · teacher 3 trained within for 2 epochs · 3 epochs`,
      method: 'MUTUAL',
      networks: [
        { index: 0, role: 'PEER', model: { name: 'cnn' }, view: 'rgb' },
        { index: 1, role: 'PEER', model: { name: 'cnn' }, view: 'rgb' },
        { index: 2, role: 'TEACHER', model: { name: 'cnn-32' }, view: 'rgb' },
        { index: 3, role: 'TEACHER', model: { name: 'cnn-24' }, view: 'rgb' },
      ],
    });
    expect(await teachersOf(id)).toEqual([{ position: 1, network: 0, teacherRunId: earlier }]);
    const claim = await trainer.claimOrFail();
    expect(claim.teachers).toMatchObject([{ runId: earlier, network: 0 }]);
    await cancel([id]);
  });
});
