import { describe, expect, it } from 'vitest';
import { readMetrics } from '../../metrics/page.ts';
import type { TestDatabase } from '../../testing/database.ts';
import { epochRow, schedule, smallSpec, type TestClaim, TestTrainer } from '../../testing/fleet.ts';
import { useDatabase } from '../../testing/rules-suite.ts';
import { useApi } from '../../testing/suite.ts';

/** Places of the rows that stand, `network/epoch`. */
async function placesOf(database: Pick<TestDatabase, 'query'>, { runId }: TestClaim): Promise<string[]> {
  const rows = await database.query<{ network: number; epoch: number }>(
    'SELECT network, epoch FROM epoch_metrics WHERE run_id = $1 ORDER BY network, epoch',
    [runId],
  );
  return rows.map(({ network, epoch }) => `${network}/${epoch}`);
}

describe('epochs and their checkpoint', () => {
  const suite = useDatabase();
  const claimNew = async (spec: object = smallSpec) => {
    const trainer = await TestTrainer.join(suite.house);
    await schedule(suite.house, spec, [1], { priority: 100 });
    return { trainer, claim: await trainer.claimOrFail() };
  };
  const places = (claim: TestClaim) => placesOf(suite.database, claim);
  const page = async ({ runId }: TestClaim, after: number) => {
    const found = (await readMetrics(suite.db, [runId], { after, points: undefined })).get(runId);
    if (!found) throw new Error('The run has no page.');
    return found;
  };

  it('sent again after a lost answer stand once', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.commitTo(claim, [1, 2]);
    await trainer.commitTo(claim, [1, 2]);
    expect(await places(claim)).toEqual(['0/1', '0/2']);
  });

  it('past the checkpoint are removed when the run resumes, and whoever holds a cursor is told', async () => {
    const { trainer, claim } = await claimNew();
    const sha256 = await trainer.commitTo(claim, [1]);
    await trainer.commit(claim, { epochs: [epochRow(0, 2)], cohort: [] });
    const { revision } = await page(claim, 0);
    expect(await places(claim)).toEqual(['0/1', '0/2']);
    await trainer.handBack(claim);
    const second = await trainer.claimOrFail();
    expect(second.checkpoint).toEqual({ epoch: 1, teacherEpoch: null, sha256 });
    expect(await places(claim)).toEqual(['0/1']);
    const news = await page(claim, revision);
    expect(news).toMatchObject({ removedAfterEpoch: 1, epochs: [] });
    await trainer.commitTo(second, [2, 3]);
    expect(await page(claim, revision)).toMatchObject({ removedAfterEpoch: 1, epochs: [{ epoch: 2 }, { epoch: 3 }] });
    expect(await page(claim, news.revision)).toMatchObject({ removedAfterEpoch: null, epochs: [{ epoch: 2 }, { epoch: 3 }] });
    expect(await page(claim, 0)).toMatchObject({ removedAfterEpoch: null, epochs: [{ epoch: 1 }, { epoch: 2 }, { epoch: 3 }] });
  });

  it('of a teacher trained within the run keep a place of their own', async () => {
    const teacher = { trained: { network: { model: 'cnn-32' }, epochs: 5 } };
    const { trainer, claim } = await claimNew({ ...smallSpec, method: { distillation: { teachers: [teacher] } } });
    const sha256 = await trainer.upload('teacher after 4 epochs');
    const rows = [1, 2, 3, 4, 5].map((epoch) => epochRow(1, epoch));
    expect((await trainer.commit(claim, { epochs: rows, checkpoint: { epoch: 0, teacherEpoch: 4, sha256 } })).errors).toBeUndefined();
    const { revision } = await page(claim, 0);
    await trainer.handBack(claim);
    const second = await trainer.claimOrFail();
    expect(second.checkpoint).toEqual({ epoch: 0, teacherEpoch: 4, sha256 });
    expect(await places(claim)).toEqual(['1/1', '1/2', '1/3', '1/4']);
    // Rows after epoch 0 are announced as removed, so those that stay are sent again.
    const news = await page(claim, revision);
    expect(news.removedAfterEpoch).toBe(0);
    expect(news.epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4]);
    expect((await trainer.commit(second, { epochs: [epochRow(0, 5)] })).errors?.[0]?.message).toMatch(/epochs 1 to 3/);
  });

  it('start from scratch once their checkpoint was discarded', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.commitTo(claim, [1, 2]);
    await trainer.fail(claim, { error: 'The checkpoint is corrupted.', discardCheckpoint: true });
    const second = await trainer.claimOrFail();
    expect(second).toMatchObject({ checkpoint: null, attempt: 2 });
    expect(await places(claim)).toEqual([]);
  });

  it('must be complete before a run is finished, with results and weights of every network', async () => {
    const { trainer, claim } = await claimNew();
    await trainer.commitTo(claim, [1, 3]);
    expect((await trainer.finish(claim, [0.5])).errors?.[0]?.message).toMatch(/Network 0 lacks the rows of 1 epoch\(s\), the first is 2/);
    await trainer.commitTo(claim, [2]);
    expect((await trainer.finish(claim, [])).errors?.[0]?.message).toMatch(/results of network 0 are missing/);
    expect((await trainer.finish(claim, [0.5])).errors).toBeUndefined();
  });

  it('tell on what they were computed: the run is marked once that has changed', async () => {
    const { trainer, claim } = await claimNew();
    const cpu = { engine: 'compiled', provider: 'cpu', threads: 2 };
    const networks = [{ index: 0, role: 'STUDENT', model: 'cnn', view: 'rgb', parameters: 5000, flops: 1e6, initHash: 'abc' }];
    expect((await trainer.commit(claim, { networks, fingerprint: cpu })).errors).toBeUndefined();
    await trainer.commitTo(claim, [1]);
    await trainer.handBack(claim);
    const second = await trainer.claimOrFail();
    const read = () =>
      suite.db.run.findUniqueOrThrow({
        where: { id: claim.runId },
        select: { mixedFingerprints: true, fingerprint: true, networks: { select: { parameters: true, initHash: true } } },
      });
    await trainer.commit(second, { fingerprint: cpu });
    expect(await read()).toEqual({ mixedFingerprints: false, fingerprint: cpu, networks: [{ parameters: 5000, initHash: 'abc' }] });
    await trainer.commit(second, { fingerprint: { ...cpu, threads: 8 } });
    expect(await read()).toMatchObject({ mixedFingerprints: true });
    const wrong = [{ ...networks[0], model: 'cnn-32' }];
    expect((await trainer.commit(second, { networks: wrong })).errors?.[0]?.message).toMatch(
      /cnn-32 on view rgb; network 0 .* is cnn on view rgb/,
    );
    expect((await trainer.commit(second, { networks: [{ ...networks[0], role: 'PEER' }] })).errors?.[0]?.message).toBe(
      'networks.0.role is PEER; network 0 of the run is a STUDENT.',
    );
  });
});

describe('epochs as they are sent', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const claimNew = async () => {
    const trainer = await TestTrainer.join(suite.api);
    await schedule(suite.api, smallSpec, [1], { priority: 100 });
    return { trainer, claim: await trainer.claimOrFail() };
  };
  const places = (claim: TestClaim) => placesOf(suite.database, claim);

  it('are all or none: one bad row, or a checkpoint that was not uploaded, and nothing is written', async () => {
    const { trainer, claim } = await claimNew();
    const missing = { epoch: 1, sha256: 'f'.repeat(64) };
    const refused: [object, RegExp][] = [
      [{ epochs: [epochRow(0, 1), epochRow(0, 4)] }, /epochs\.1\.epoch is 4; the run has epochs 1 to 3/],
      [{ epochs: [epochRow(0, 0, { trainLoss: 1, trainTerms: {} })] }, /epochs\.0\.epoch is 0/],
      [{ epochs: [epochRow(3, 1)] }, /epochs\.0\.network is 3; the run has networks 0/],
      [{ epochs: [epochRow(0, 1), epochRow(0, 1)] }, /network 0, epoch 1 is listed twice/],
      [{ epochs: [epochRow(0, 1, { trainAccuracy: 61 })] }, /trainAccuracy is 61; it has to be at least 0 and at most 1/],
      [{ epochs: [epochRow(0, 1, { seconds: -1 })] }, /seconds is -1; it has to be at least 0/],
      [
        { epochs: [epochRow(0, 1, { trainTerms: { mutual: null } })] },
        /trainTerms\.mutual is null; it has to be a number from -3\.5e\+38 to 3\.5e\+38/,
      ],
      [{ epochs: [epochRow(0, 1, { trainTerms: [1] })] }, /trainTerms has to be an object/],
      [{ epochs: [epochRow(0, 1)], cohort: [{ epoch: 9 }] }, /cohort\.0\.epoch is 9/],
      [{ epochs: [epochRow(0, 1)], checkpoint: missing }, /has not been uploaded\. PUT it to \/artifacts\//],
      [{ epochs: Array.from({ length: 10_000 }, () => epochRow(0, 1)) }, /10,000 rows; a commit may hold 2,000/],
    ];
    for (const [input, message] of refused) {
      const { errors } = await trainer.commit(claim, input);
      expect(errors?.[0]).toMatchObject({ message: expect.stringMatching(message), extensions: { code: 'BAD_INPUT' } });
    }
    expect(await places(claim)).toEqual([]);
  });

  it('cannot hold NaN or Infinity, in whatever way they are written', async () => {
    const { trainer, claim } = await claimNew();
    for (const trainLoss of ['NaN', 'Infinity', null]) {
      const { errors } = await trainer.commit(claim, { epochs: [epochRow(0, 1, { trainLoss })] });
      expect(errors?.[0]?.extensions.code).toBe('BAD_INPUT');
    }
    const query = `mutation { commitEpochs(input: { lease: { jobId: "${claim.jobId}", attempt: 1 }, epochs: [{ network: 0, epoch: 1,
      trainLoss: 1e999, trainTerms: {}, trainAccuracy: 0, learningRate: 1, imagesPerSecond: 1, seconds: 1 }] }) { expiresAt } }`;
    expect(await suite.api.refusal(query, {}, suite.api.trainerToken)).toBeDefined();
    await expect(
      suite.database.query(
        `INSERT INTO epoch_metrics (run_id, epoch, network, revision, train_loss, train_terms, train_accuracy, learning_rate, images_per_second, seconds)
         VALUES ($1, 1, 0, 1, 'NaN', '{}', 0.5, 0.1, 1, 1)`,
        [claim.runId],
      ),
    ).rejects.toThrow(/epoch_metrics_finite/);
    expect(await places(claim)).toEqual([]);
  });
});
