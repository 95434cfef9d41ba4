import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { findRun, schedule, untilRun, untilSucceeded } from './fleet/runs.ts';
import { independentSpec, longEpochSpec, studentOf } from './fleet/specs.ts';

let house: ChaosHouse;
beforeAll(async () => {
  house = await ChaosHouse.open({ renewSeconds: 30 });
});
afterEach(() => house.dismiss());
afterAll(() => house.close());

describe('people’s orders reach the training process', () => {
  it('a cancelled run stops within a batch: neither its next renewal nor its next epoch has to come first', async () => {
    await house.trainer('worker');
    const id = await schedule(house.api, longEpochSpec, 1);
    await untilRun(house.api, id, 'has built its network', ({ networks }) => networks.every(({ initHash }) => initHash !== null));
    const asked = performance.now();
    await house.api.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids: [id] });
    const run = await untilRun(house.api, id, 'is cancelled', ({ state }) => state === 'CANCELLED');
    console.info(`from the cancel to CANCELLED: ${Math.round(performance.now() - asked)} ms`);
    expect(run).toMatchObject({ epochsDone: 0, attempts: [{ outcome: 'cancelled' }] });
  });

  it('a student waits for its teacher, then learns from it', async () => {
    await house.trainer('worker');
    const teacher = await schedule(house.api, independentSpec(), 2);
    const student = await schedule(house.api, studentOf(teacher), 2);
    expect(await findRun(house.api, student)).toMatchObject({ state: 'BLOCKED' });
    await untilSucceeded(house.api, teacher);
    const run = await untilSucceeded(house.api, student);
    expect(run.metrics.epochs[0]).toMatchObject({ trainTerms: { distillation: expect.any(Number) } });
  });
});

it('an engine that no trainer has is waited for; one that a trainer no longer has fails the run, and the next one trains', async () => {
  const trainer = await house.trainer('worker');
  const cuda = await schedule(house.api, independentSpec(), 3, { engine: 'COMPILED_CUDA', maxFailures: 1 });
  expect(await findRun(house.api, cuda)).toMatchObject({
    state: 'QUEUED',
    reason: expect.stringContaining('offers the engine compiled-cuda. docs/guide/gpu.md says'),
  });
  // As if its library had been taken away since the trainer said what it has.
  await house.database.query("UPDATE trainers SET engines = array_append(engines, 'compiled-cuda')");
  const next = await schedule(house.api, independentSpec(), 4);
  const failed = await untilRun(house.api, cuda, 'has failed', ({ state }) => state === 'FAILED');
  expect(failed).toMatchObject({
    attempts: [
      {
        trainerName: 'worker',
        error: expect.stringMatching(/^This trainer no longer has the engine compiled-cuda; it has .*reference\. docs/),
      },
    ],
  });
  expect(failed.reason).toContain('a run with the engine AUTO trains on what there is');
  await untilSucceeded(house.api, next);
  expect(trainer.output).not.toContain('ERROR');
});
