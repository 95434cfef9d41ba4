import { readQuestion } from '@studyhall/contract/analysis/question.ts';
import { describe, expect, it } from 'vitest';
import { claimJob } from '../jobs/claim.ts';
import { finishJob } from '../jobs/finish.ts';
import { failJob } from '../jobs/give-up.ts';
import { renewLease } from '../jobs/renew.ts';
import { archiveRuns, deleteRuns } from '../runs/control.ts';
import { schedule, shapes, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { askAnalysis } from './ask.ts';
import { cancelAnalyses, retryAnalyses } from './control.ts';
import { wantAnswers, wantTogether } from './wanted.ts';

const result = (change: object = {}) => ({ figures: [], charts: [], tables: [], maps: [], notes: ['Said.'], ...change });
const gap = { measure: 'accuracyGap', split: 'TEST', network: 0, other: null, value: 0.25, low: null, high: null } as const;

describe('an analysis', () => {
  const suite = useDatabase();
  let seed = 0;

  /** A run that has succeeded, with weights of its own. */
  const trained = async (trainer: TestTrainer, spec: object = smallSpec) => {
    const [runId] = await schedule(suite.house, spec, [++seed], { priority: 50 });
    const claim = await trainer.claimOrFail();
    await trainer.complete(claim, new Array(claim.spec.networks.length).fill(0.5));
    return runId as string;
  };
  const ask = (networks: readonly { runId: string; network?: number }[], question: object = { generalisation: {} }, more: object = {}) =>
    suite.inTransaction((tx) =>
      askAnalysis(tx, { networks: networks.map((one) => ({ network: 0, ...one })), question, priority: 0, engine: 'AUTO', ...more }, 'ann'),
    );
  const tokenOf = async (trainer: TestTrainer) => (await suite.db.trainer.findUniqueOrThrow({ where: { id: trainer.id } })).tokenId ?? '';
  const claim = async (trainer: TestTrainer, kinds: ('TRAIN' | 'ANALYSE')[] = ['TRAIN', 'ANALYSE']) => {
    const tokenId = await tokenOf(trainer);
    const claimed = await suite.inTransaction((tx) =>
      claimJob(tx, { trainerId: trainer.id, tokenId, kinds }, { leaseSeconds: 60, stallSeconds: 30 }),
    );
    return claimed && { ...claimed, lease: { jobId: claimed.jobId, attempt: claimed.attempt, tokenId } };
  };
  type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;
  const finish = ({ lease }: Claimed, analysis: object | null, more: object = {}) =>
    suite.inTransaction((tx) => finishJob(tx, { lease, networks: [], artifacts: [], analysis: analysis as never, ...more }, 60));
  const stateOf = async (id: string) => (await suite.db.job.findFirstOrThrow({ where: { analysisId: id } })).state;

  it('is claimed with what it is about by a trainer that knows such work, and its answer is kept, its figures with the run', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const runId = await trained(trainer);
    const { id, askedBefore } = await ask([{ runId }]);
    expect(askedBefore).toBe(false);
    expect(await claim(trainer, ['TRAIN'])).toBeNull();
    const claimed = (await claim(trainer)) as Claimed;
    expect(claimed).toMatchObject({
      kind: 'ANALYSE',
      analyse: { analysisId: id, datasetHash: shapes.hash, dataset: 'shapes-16', question: { generalisation: { enabled: true } } },
    });
    expect(claimed.analyse?.networks).toMatchObject([
      { runId, network: 0, model: 'cnn', view: 'rgb', reference: false, data: { validationFraction: 0.1 } },
    ]);
    const progress = { phase: 'analysis', epoch: 1, epochs: 1, step: 10, steps: 100, imagesPerSecond: 20 };
    await suite.inTransaction((tx) => renewLease(tx, claimed.lease, progress, 60));
    await expect(suite.inTransaction((tx) => renewLease(tx, claimed.lease, { ...progress, phase: 'cohort' }, 60))).rejects.toThrow(
      'allowed: analysis',
    );
    await finish(claimed, result({ figures: [gap] }));
    expect(await stateOf(id)).toBe('SUCCEEDED');
    expect((await suite.db.analysis.findUniqueOrThrow({ where: { id } })).result).toEqual(result({ figures: [gap] }));
    expect(
      await suite.database.query('SELECT measure, split, value, network FROM measurements WHERE job_id = $1', [claimed.jobId]),
    ).toEqual([{ measure: 'accuracyGap', split: 'TEST', value: 0.25, network: 0 }]);
  });

  it('of the same weights under the same options is one, and says so; other options make another', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const runId = await trained(trainer);
    const first = await ask([{ runId }], { flatness: { draws: 3 } });
    expect(await ask([{ runId }], { flatness: { draws: 3, seed: 0 } })).toEqual({ id: first.id, askedBefore: true });
    const [once, twice] = await Promise.all([ask([{ runId }], { flatness: { draws: 4 } }), ask([{ runId }], { flatness: { draws: 4 } })]);
    expect(once.id).toBe(twice.id);
    expect(once.id).not.toBe(first.id);
    await suite.inTransaction((tx) => cancelAnalyses(tx, [once.id]));
    // Cancelled ones are queued again by whoever asks again.
    expect(await ask([{ runId }], { flatness: { draws: 4 } })).toEqual({ id: once.id, askedBefore: false });
    await suite.inTransaction((tx) => cancelAnalyses(tx, [once.id, first.id]));
  });

  it('under options of its own leaves the run’s measurements as they are', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const runId = await trained(trainer);
    for (const [question, kept] of [
      [{ flatness: { draws: 3 } }, 0],
      [{ flatness: { scale: 'FILTER' } }, 1],
      // As the deck's tiny preset asks.
      [{ flatness: { scale: 'FILTER', draws: 4, samples: 300 } }, 1],
    ] as const) {
      await ask([{ runId }], question);
      const claimed = (await claim(trainer)) as Claimed;
      const measure = kept ? 'relativeHalfwaySigma' : 'halfwaySigma';
      await finish(claimed, result({ figures: [{ ...gap, measure, split: 'TRAIN' }] }));
      expect(await suite.database.query('SELECT 1 FROM measurements WHERE job_id = $1', [claimed.jobId])).toHaveLength(kept);
    }
  });

  it('is refused whole, with all that is wrong, and nothing is stored', async () => {
    const trainer = await TestTrainer.join(suite.house, {
      datasets: [shapes, { ...shapes, name: 'other', hash: `sha256:${'b'.repeat(64)}` }],
    });
    const runId = await trained(trainer);
    const depth = await trained(trainer, { ...smallSpec, networks: [{ model: 'cnn', view: 'depth' }] });
    const other = await trained(trainer, { ...smallSpec, dataset: 'other' });
    const forgotten = await trained(trainer);
    await suite.db.jobArtifact.deleteMany({ where: { job: { runId: forgotten }, kind: 'SELECTED_WEIGHTS' } });
    const [waiting] = await schedule(suite.house, smallSpec, [++seed]);
    const before = await suite.db.analysis.count();
    const refusals: [() => Promise<unknown>, string][] = [
      [() => ask([{ runId }], { flatness: { sigmas: [0], draws: 0 } }), 'question.flatness.sigmas.0 is 0; it has to be at least 0.000001'],
      [() => ask([{ runId }], { flatness: { sigmas: [] } }), 'question.flatness.sigmas has 0 entries; it has to have 1 to 40'],
      [() => ask([{ runId }], { sharpness: {} }), 'question.sharpness is not a setting here'],
      [() => ask([{ runId }], { pairs: { barrierPoints: 2 } }), 'question.pairs.barrierPoints is 2'],
      [() => ask([]), 'networks has 0 entries; such a question takes 1 to 16'],
      [() => ask([{ runId: 'run_none' }]), 'There is no run "run_none"'],
      [() => ask([{ runId, network: 7 }]), `networks.0.network is 7; run ${runId} has networks 0`],
      [() => ask([{ runId }, { runId }]), 'networks.1 stands twice'],
      [() => ask([{ runId: waiting as string }]), 'is queued; only one that has succeeded can be analysed'],
      [() => ask([{ runId: forgotten }]), `the weights of network 0 of run ${forgotten} are not kept; train it again`],
      [() => ask([{ runId }, { runId: other }]), 'are of different datasets'],
      [() => ask([{ runId }, { runId: depth }], { pairs: {} }), 'sees the view depth, the first one rgb'],
      [() => ask([{ runId }], { equivalentTemperature: {} }), 'reference is required'],
      [() => ask([{ runId }], undefined, { reference: { runId, network: 0 } }), 'reference is not taken by such a question'],
    ];
    for (const [refused, message] of refusals) await expect(refused()).rejects.toThrow(message);
    expect(await suite.db.analysis.count()).toBe(before);
    await suite.db.run.deleteMany({ where: { id: waiting as string } });
  });

  it('takes no result that cannot be its own', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { id } = await ask([{ runId: await trained(trainer) }]);
    const claimed = (await claim(trainer)) as Claimed;
    for (const [given, message] of [
      [null, 'analysis: the result is missing'],
      [{}, 'analysis.figures is missing'],
      [result({ figures: [null] }), 'analysis.figures.0 has to be an object'],
      [result({ figures: [{ ...gap, network: 1 }] }), 'is of network 1; the question is about 1'],
      [result({ figures: [{ ...gap, value: 2 }] }), 'value of accuracyGap is 2; it has to be from -1 to 1'],
      [result({ charts: [{ x: { values: [1, 2] }, lines: [{ values: [1], low: null, high: null }] }] }), 'has to hold 2 finite values'],
    ] as const)
      await expect(finish(claimed, given)).rejects.toThrow(message);
    await expect(finish(claimed, result(), { artifacts: [{ kind: 'TEST_LOGITS', epoch: 1, sha256: 'a' }] })).rejects.toThrow(
      'belong to a run',
    );
    expect(await stateOf(id)).toBe('RUNNING');
    await finish(claimed, result());
  });

  it('fails and is retried; is cancelled where it waits at once, where it runs when its trainer hears of it', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const { id } = await ask([{ runId: await trained(trainer) }]);
    const first = (await claim(trainer)) as Claimed;
    await suite.inTransaction((tx) =>
      failJob(tx, { lease: first.lease, error: 'NaN', cancelled: false, permanent: true, discardCheckpoint: false }),
    );
    expect(await suite.db.job.findFirstOrThrow({ where: { analysisId: id } })).toMatchObject({ state: 'FAILED', reason: 'NaN' });
    await suite.inTransaction((tx) => retryAnalyses(tx, [id]));
    const second = (await claim(trainer)) as Claimed;
    expect(second).toMatchObject({ jobId: first.jobId, attempt: 2 });
    await suite.inTransaction((tx) => cancelAnalyses(tx, [id]));
    expect(await suite.inTransaction((tx) => renewLease(tx, second.lease, undefined, 60))).toMatchObject({ cancelRequested: true });
    await suite.inTransaction((tx) =>
      failJob(tx, { lease: second.lease, error: '', cancelled: true, permanent: false, discardCheckpoint: false }),
    );
    expect(await stateOf(id)).toBe('CANCELLED');
  });

  it('whose run is deleted meanwhile ends and says why, and goes once all its runs are gone', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [one, two] = [await trained(trainer), await trained(trainer)];
    const { id } = await ask([{ runId: one }, { runId: two }], { pairs: {} });
    const claimed = (await claim(trainer)) as Claimed;
    const remove = async (runId: string) => {
      await suite.inTransaction((tx) => archiveRuns(tx, [runId], true));
      await suite.inTransaction((tx) => deleteRuns(tx, [runId]));
    };
    await remove(one);
    await expect(finish(claimed, result())).rejects.toThrow('no longer holds the lease');
    expect(await suite.db.job.findFirstOrThrow({ where: { analysisId: id } })).toMatchObject({
      state: 'FAILED',
      reason: `Run ${one}, which it is about, was deleted.`,
    });
    await expect(suite.inTransaction((tx) => retryAnalyses(tx, [id]))).rejects.toThrow('is about a run that has been deleted');
    await remove(two);
    expect(await suite.db.analysis.findUnique({ where: { id } })).toBeNull();
  });

  it('that a run was scheduled with is asked of its students as soon as it has succeeded, of a run that has at once', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const pairSpec = { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }], method: { mutual: {} } };
    const done = await trained(trainer, pairSpec);
    const [waiting] = await schedule(suite.house, pairSpec, [++seed], { priority: 50 });
    const { question } = readQuestion({ pairs: {} });
    const want = () => suite.inTransaction((tx) => wantAnswers(tx, [done, waiting as string], question ? [question] : [], 'ann'));
    await want();
    await want();
    const asked = (runId: string) => suite.db.analysis.count({ where: { networks: { some: { runId } } } });
    expect([await asked(done), await asked(waiting as string)]).toEqual([1, 0]);
    await trainer.complete(await trainer.claimOrFail(), [0.5, 0.5]);
    expect([await asked(done), await asked(waiting as string)]).toEqual([1, 1]);
    const claimed = (await claim(trainer)) as Claimed;
    const figure = { measure: 'cka', split: 'VALIDATION', network: 0, other: 1, value: 0.5, low: null, high: null };
    await finish(claimed, result({ figures: [figure] }));
    // Of a cohort, the mean over its pairs.
    expect(
      await suite.database.query('SELECT network, other, value FROM measurements WHERE job_id = $1 ORDER BY network', [claimed.jobId]),
    ).toEqual([
      { network: -1, other: -1, value: 0.5 },
      { network: 0, other: 1, value: 0.5 },
    ]);
    await suite.db.analysis.deleteMany({ where: { job: { state: 'QUEUED' } } });
  });

  it('of several runs is asked when the last of them has succeeded, once; at the same moment, too', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const [one] = await schedule(suite.house, smallSpec, [++seed], { priority: 60 });
    const [two] = await schedule(suite.house, smallSpec, [++seed], { priority: 59 });
    const { question } = readQuestion({ embedding: {} });
    if (!question) throw new Error('It cannot be read.');
    const networks = [one, two].map((runId) => ({ runId: runId as string, network: 0 }));
    const want = () => suite.inTransaction((tx) => wantTogether(tx, [{ question, networks, reference: null }], 'ann'));
    await want();
    await want();
    const claims = [await trainer.claimOrFail(), await trainer.claimOrFail()];
    expect(claims.map(({ runId }) => runId)).toEqual([one, two]);
    for (const running of claims) await trainer.commitTo(running, [1, 2, 3]);
    const asked = () =>
      suite.db.analysis.findMany({ where: { networks: { some: { runId: one as string } } }, include: { networks: true } });
    expect(await asked()).toEqual([]);
    const finished = await Promise.all(claims.map((running) => trainer.finish(running, [0.5])));
    expect(finished.map(({ errors }) => errors)).toEqual([undefined, undefined]);
    const [analysis, ...others] = await asked();
    expect(others).toEqual([]);
    expect(analysis?.networks.map(({ runId }) => runId)).toEqual([one, two]);
    await want();
    expect(await asked()).toHaveLength(1);
    await suite.db.analysis.deleteMany({ where: { job: { state: 'QUEUED' } } });
  });

  it('of an equivalent temperature is handed the entropies of all epochs on the probe, or none where an epoch lacks it', async () => {
    const trainer = await TestTrainer.join(suite.house);
    const runId = await trained(trainer);
    const { id: jobId } = await suite.db.job.findFirstOrThrow({ where: { runId } });
    const measured = (epoch: number, value: number) => ({
      runId,
      jobId,
      epoch,
      network: 0,
      other: -1,
      measure: 'probeEntropy',
      split: 'TRAIN' as const,
      value,
    });
    await suite.db.measurement.createMany({ data: [measured(1, 0.9), measured(2, 0.5)] });
    const claimed = async () => {
      const { id } = await ask([{ runId }], { equivalentTemperature: {} }, { reference: { runId, network: 0 } });
      const handed = (await claim(trainer)) as Claimed;
      await suite.db.analysis.delete({ where: { id } });
      return handed.analyse?.networks.map(({ probeEntropies }) => probeEntropies);
    };
    expect(await claimed()).toEqual([
      [0.9, 0.5],
      [0.9, 0.5],
    ]);
    await suite.db.measurement.deleteMany({ where: { runId, epoch: 1 } });
    expect(await claimed()).toEqual([null, null]);
  });
});
