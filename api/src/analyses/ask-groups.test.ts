import { describe, expect, it } from 'vitest';
import { claimJob } from '../jobs/claim.ts';
import { finishJob } from '../jobs/finish.ts';
import { addSeeds } from '../runs/seeds/add.ts';
import { findSides } from '../runs/seeds/side.ts';
import { areOfGroups, findCountingNetworks } from '../sql/asked-of-groups.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { askAnalysis } from './ask.ts';
import { type AskGroups, askGroups } from './ask-groups.ts';
import { independentTwin, type Reference } from './kept-questions.ts';
import { askedOverSeeds } from './over-seeds.ts';

describe('a question of groups', () => {
  const suite = useDatabase();
  const pair = { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }] };
  const specs = { alone: pair, dml: { ...pair, method: { mutual: {} } } };
  const keyOf = async (runId: string) => (await suite.db.run.findUniqueOrThrow({ where: { id: runId } })).groupKey;
  const train = async (trainer: TestTrainer, spec: object, seeds: readonly number[]) => {
    const ids = await schedule(suite.house, spec, seeds, { priority: 50 });
    for (const _ of ids) await trainer.complete(await trainer.claimOrFail(), [0.5, 0.5]);
    return ids;
  };
  const ask = (change: Partial<AskGroups> & Pick<AskGroups, 'groups' | 'question'>) =>
    suite.inTransaction((tx) => askGroups(tx, { together: false, reference: independentTwin, ...change }, 'ann'));
  /** Does what waits: each network's line has the seed for its value, network 1's ten times that. */
  const answerAll = async (trainer: TestTrainer) => {
    const tokenId = (await suite.db.trainer.findUniqueOrThrow({ where: { id: trainer.id } })).tokenId ?? '';
    for (let left = 50; left > 0; left--) {
      const claim = await suite.inTransaction((tx) =>
        claimJob(tx, { trainerId: trainer.id, tokenId, kinds: ['ANALYSE'] }, { leaseSeconds: 60, stallSeconds: 30 }),
      );
      if (!claim) return;
      const lease = { jobId: claim.jobId, attempt: claim.attempt, tokenId };
      const networks = claim.analyse?.networks.filter(({ reference }) => !reference) ?? [];
      const lines = networks.map(({ label, seed, network }, place) => {
        return { label, network: place, split: 'TRAIN', values: [seed * (network === 1 ? 10 : 1)], low: null, high: null };
      });
      const chart = { key: 'c', title: 't', x: { label: 'x', logarithmic: false, values: [0] }, y: { label: 'y', percent: false }, lines };
      const analysis = { figures: [], charts: [chart], tables: [], maps: [], notes: [] };
      await suite.inTransaction((tx) => finishJob(tx, { lease, networks: [], artifacts: [], analysis: analysis as never }, 60));
    }
  };
  let trainer: TestTrainer;
  let alone: string;
  let dml: string;

  it('is asked of every seed: at once where its run has succeeded, else as soon as it has; and of none twice', async () => {
    trainer = await TestTrainer.join(suite.house);
    alone = await keyOf((await train(trainer, specs.alone, [1, 2]))[0] ?? '');
    dml = await keyOf((await train(trainer, specs.dml, [1, 2]))[0] ?? '');
    await schedule(suite.house, specs.dml, [3], { priority: 50 });
    const question = { entropy: {} };
    const first = await ask({ groups: [alone, dml], question });
    expect([first.asked.length, first.waiting, first.refused]).toEqual([4, 1, []]);
    await trainer.complete(await trainer.claimOrFail(), [0.5, 0.5]);
    const again = await ask({ groups: [alone, dml], question });
    expect([again.asked.map(({ askedBefore }) => askedBefore), again.waiting]).toEqual([[true, true, true, true, true], 0]);
  });

  it('has one answer over seeds: mean, sd and n of each network of each group', async () => {
    expect(await askedOverSeeds(suite.db, [alone, dml])).toMatchObject([
      { kind: 'ENTROPY', counts: { total: 5, queued: 5 }, over: { charts: [] } },
    ]);
    await answerAll(trainer);
    const [asked, ...others] = await askedOverSeeds(suite.db, [alone, dml]);
    expect(others).toEqual([]);
    expect(asked?.counts).toMatchObject({ total: 5, succeeded: 5 });
    const lines = asked?.over.charts[0]?.lines.map(({ group, network, values }) => [group, network, values[0]?.mean, values[0]?.n]);
    expect(new Set(lines)).toEqual(
      new Set([
        [alone, 0, 1.5, 2],
        [alone, 1, 15, 2],
        [dml, 0, 2, 3],
        [dml, 1, 20, 3],
      ]),
    );
    // One group alone is looked at without the other.
    const [own] = await askedOverSeeds(suite.db, [dml]);
    expect(own?.over.charts[0]?.lines.map(({ group }) => group)).toEqual([dml, dml]);
  });

  it('of all groups at once is one of each seed that all of them have', async () => {
    const { asked } = await ask({ groups: [alone, dml], question: { embedding: {} } });
    expect(asked).toHaveLength(2);
    const networks = await suite.db.analysedNetwork.findMany({
      where: { analysisId: asked[0]?.id ?? '' },
      include: { run: true },
      orderBy: { position: 'asc' },
    });
    expect(networks.map(({ run, network }) => [run?.groupKey, network])).toEqual([
      [alone, 0],
      [alone, 1],
      [dml, 0],
      [dml, 1],
    ]);
    expect(new Set(networks.map(({ run }) => run?.seed)).size).toBe(1);
  });

  it('of an equivalent temperature is held against the independent twin of each network, or the group that is named', async () => {
    const { asked } = await ask({ groups: [alone, dml], question: { equivalentTemperature: {} } });
    // Two networks of each of two seeds; the twins themselves have none.
    expect(asked).toHaveLength(4);
    await answerAll(trainer);
    const found = (await askedOverSeeds(suite.db, [alone, dml])).find(({ kind }) => kind === 'EQUIVALENT_TEMPERATURE');
    expect(found?.over.charts[0]?.lines.filter(({ group }) => group === dml).map(({ network, values }) => [network, values[0]?.n])).toEqual(
      expect.arrayContaining([
        [0, 2],
        [1, 2],
      ]),
    );
    const question = { equivalentTemperature: {} };
    const named = await ask({ groups: [dml], question, reference: { groupKey: alone, network: null } });
    expect(named.asked.every((one) => one.askedBefore)).toBe(true);
    // By one network of that group: the second's own temperature is new, the first's is known.
    const byFirst = await ask({ groups: [dml], question, reference: { groupKey: alone, network: 0 } });
    expect(byFirst.asked.map(({ askedBefore }) => askedBefore)).toEqual([true, false, true, false]);
    await answerAll(trainer);
    // What is held against one network is not drawn with what is held against the one at its place.
    const over = (await askedOverSeeds(suite.db, [alone, dml])).filter(({ kind }) => kind === 'EQUIVALENT_TEMPERATURE');
    expect(over.map(({ counts }) => counts.total).sort()).toEqual([2, 4]);
  });

  it('is refused whole, and says why', async () => {
    const entropy = { entropy: {} };
    const before = await suite.db.analysis.count();
    for (const [change, message] of [
      [{ groups: [], question: entropy }, 'groups has 0 entries; 1 to 24'],
      [{ groups: ['nothing'], question: entropy }, 'There is no group with runs that count "nothing"'],
      [{ groups: [alone], question: { entropy: { bins: 1 } } }, 'question.entropy.bins is 1'],
      [
        { groups: [alone], question: entropy, reference: { groupKey: dml, network: 0 } },
        'reference and referenceNetwork is not taken by entropy',
      ],
      [{ groups: [dml], question: { equivalentTemperature: {} }, reference: { groupKey: null, network: 2 } }, 'referenceNetwork is 2; run'],
      [{ groups: [alone], question: { equivalentTemperature: {} } }, 'None of these groups has a seed in common with a reference'],
    ] as const)
      await expect(ask(change)).rejects.toThrow(message);
    expect(await suite.db.analysis.count()).toBe(before);
  });

  it('is part of runs that are scheduled with it, once, and refused where such a run cannot be asked it', async () => {
    const training = { ...specs.dml, training: { epochs: 3, learningRate: 0.02 } };
    const questions = [{ pairs: {} }, { pairs: { samples: 500 } }, { flatness: { draws: 2 } }];
    const [runId = ''] = await schedule(suite.house, training, [1], { priority: 50, questions });
    await trainer.complete(await trainer.claimOrFail(), [0.5, 0.5]);
    const asked = await suite.db.analysis.findMany({ where: { networks: { some: { runId } } } });
    expect(asked.map(({ kind }) => kind).sort()).toEqual(['FLATNESS', 'PAIRS']);
    // Seeds that are added are asked the same.
    const key = await keyOf(runId);
    const { scheduled } = await suite.inTransaction((tx) => addSeeds(tx, (within) => findSides(within, [key], false), 1, 'ann'));
    const added = await suite.db.run.findUniqueOrThrow({ where: { id: scheduled[0] ?? '' } });
    expect(added.questions).toEqual((await suite.db.run.findUniqueOrThrow({ where: { id: runId } })).questions);
    for (const [wrong, message] of [
      [{ pairs: { barrierPoints: 2 } }, 'questions.0.question.pairs.barrierPoints is 2'],
      [{ embedding: { samples: 1 } }, 'questions.0.question.embedding.samples is 1'],
    ] as const)
      await expect(schedule(suite.house, training, [2], { questions: [wrong] })).rejects.toThrow(message);
  });

  it('is told of by a group’s key, by its runs, and by runs that were asked about weights which it has, too', async () => {
    const [stranger = ''] = await train(trainer, { ...pair, training: { epochs: 3 } }, [1]);
    const [own] = await findCountingNetworks(suite.db, [dml]);
    const { runId = '', sha256 = '' } = own ?? {};
    expect(await areOfGroups(suite.db, [dml], [alone, dml])).toBe(true);
    expect(await areOfGroups(suite.db, [stranger, runId], [dml])).toBe(true);
    expect(await areOfGroups(suite.db, [alone, runId, 'nobody'], [])).toBe(false);
    expect(await areOfGroups(suite.db, [stranger], [dml])).toBe(false);
    await suite.inTransaction((tx) =>
      askAnalysis(tx, { networks: [{ runId: stranger, network: 0 }], question: { entropy: {} }, priority: 0, engine: 'AUTO' }, 'ann'),
    );
    expect(await areOfGroups(suite.db, [stranger], [dml])).toBe(false);
    await suite.db.analysedNetwork.updateMany({ where: { runId: stranger }, data: { sha256 } });
    expect(await areOfGroups(suite.db, [stranger], [dml])).toBe(true);
  });

  it('that holds runs against others waits for both, seed by seed, and is refused where a seed has nothing to be held against', async () => {
    const training = { epochs: 4 };
    const questions = [{ equivalentTemperature: {} }, { entropy: {} }];
    const plan = (seeds: readonly number[], reference: Reference = independentTwin) =>
      schedule(suite.house, { ...specs.dml, training }, seeds, { priority: 50, questions, reference });
    const referencesOf = async (runId: string) => {
      const where = { kind: 'EQUIVALENT_TEMPERATURE' as const, networks: { some: { runId, reference: false } } };
      const found = await suite.db.analysis.findMany({ where, include: { networks: true }, orderBy: { id: 'asc' } });
      return found.flatMap(({ networks }) => networks.filter(({ reference }) => reference).map((one) => [one.runId, one.network]));
    };
    const completeAll = async (ids: readonly string[]) => {
      const left = { runId: { in: [...ids] }, state: { not: 'SUCCEEDED' as const } };
      while ((await suite.db.job.count({ where: left })) > 0) await trainer.complete(await trainer.claimOrFail(), [0.5, 0.5]);
    };
    await expect(plan([1])).rejects.toThrow('there is no independent twin of seed 1 to hold the networks against');
    const [twin = ''] = await schedule(suite.house, { ...specs.alone, training }, [1], { priority: 60 });
    const second = { groupKey: await keyOf(twin), network: 1 };
    await expect(plan([1, 2], second)).rejects.toThrow('that group has no run that counts of seed 2');
    await expect(plan([1], { ...second, network: 2 })).rejects.toThrow('referenceNetwork is 2');
    const [runId = ''] = await plan([1], second);
    await completeAll([twin, runId]);
    expect(await referencesOf(runId)).toEqual([
      [twin, 1],
      [twin, 1],
    ]);
    // Seeds that are added are held against the same, though their twins are scheduled after them.
    const key = await keyOf(runId);
    const { scheduled } = await suite.inTransaction((tx) => addSeeds(tx, (within) => findSides(within, [key], true), 1, 'ann'));
    await completeAll(scheduled);
    const [added = '', itsTwin] = scheduled;
    expect(await referencesOf(added)).toEqual([
      [itsTwin, 1],
      [itsTwin, 1],
    ]);
  });
});
