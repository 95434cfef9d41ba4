import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';

describe('a run from schedule to leaderboard', () => {
  let database: TestDatabase;
  let api: TestApi;
  beforeAll(async () => {
    database = await createTestDatabase();
    api = await startTestApi(database.url);
  });
  afterAll(async () => {
    await api.close();
    await database.drop();
  });

  it('is claimed, committed, finished and shown, and whoever watches sees every row', async () => {
    const trainer = await TestTrainer.join(api);
    const [runId] = await schedule(api, smallSpec);
    const claim = await trainer.claimOrFail();
    expect(claim).toMatchObject({ runId, attempt: 1, seed: 1, checkpoint: null, teachers: [] });

    const metrics = api.subscribe<{ runMetrics: { revision: number; epochs: { epoch: number }[] } }>(
      'subscription ($id: ID!) { runMetrics(id: $id) { revision removedAfterEpoch epochs { epoch network trainLoss trainTerms } } }',
      { id: runId },
    );
    expect((await metrics.next()).runMetrics.epochs).toEqual([]);
    await trainer.commitTo(claim, [1]);
    expect((await metrics.next()).runMetrics.epochs).toMatchObject([
      { epoch: 1, network: 0, trainLoss: 2, trainTerms: { crossEntropy: 2 } },
    ]);
    await trainer.commitTo(claim, [2, 3]);
    expect((await metrics.next()).runMetrics.epochs.map(({ epoch }) => epoch)).toEqual([2, 3]);
    await metrics.close();

    expect((await trainer.finish(claim, [0.61])).errors).toBeUndefined();
    const { run, leaderboard } = await api.get<{ run: object; leaderboard: object }>(
      `query ($id: ID!) {
        run(id: $id) { state epochsDone reason attempts { outcome trainerName trainer { name } } artifacts { kind network bytes }
          networks { model { name } result { selectedEpoch validationAccuracy } } metrics { epochs { epoch } } }
        leaderboard { totalCount edges { node { label n validationAccuracy { mean sd n } points { seed validationAccuracy } runs { id } } } }
      }`,
      { id: runId },
    );
    expect(run).toMatchObject({
      state: 'SUCCEEDED',
      epochsDone: 3,
      reason: null,
      attempts: [{ outcome: 'succeeded', trainerName: 'bench', trainer: { name: 'bench' } }],
      artifacts: [{ kind: 'SELECTED_WEIGHTS', network: 0 }],
      networks: [{ model: { name: 'cnn' }, result: { selectedEpoch: 3, validationAccuracy: 0.61 } }],
      metrics: { epochs: [{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }] },
    });
    expect(leaderboard).toMatchObject({
      totalCount: 1,
      edges: [
        {
          node: { label: 'Independent · cnn · 3 epochs', n: 1, validationAccuracy: { mean: 0.61, sd: null, n: 1 }, runs: [{ id: runId }] },
        },
      ],
    });
  });
});
