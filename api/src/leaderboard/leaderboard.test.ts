import { beforeAll, describe, expect, it } from 'vitest';
import { archiveRuns, cancelRuns } from '../runs/control.ts';
import { createExperiment } from '../runs/experiment.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { readGroups } from './board.ts';

type Statistic = { mean: number; sd: number | null; n: number } | null;
type Row = {
  label: string;
  method: string;
  networkIndex: number | null;
  role: string | null;
  models: string[];
  n: number;
  seeds: number[];
  repeats: number;
  validationAccuracy: Statistic;
  testAccuracy: Statistic;
  ensembleValidationAccuracy: Statistic;
  validationGain: Statistic;
  testGain: Statistic;
  points: { seed: number; runId: string; validationAccuracy: number; validationGain: number | null }[];
  counts: { total: number; succeeded: number; failed: number };
};

const fields = `label method networkIndex role models n seeds repeats parameters trainSamples
  validationAccuracy { mean sd n } testAccuracy { mean sd n } ensembleValidationAccuracy { mean sd n }
  validationGain { mean sd n } testGain { mean sd n } points { seed runId validationAccuracy validationGain }
  counts { total succeeded failed } dataset { name } experiment { slug } runs { seed }`;

/** What a hand would compute: the sample's standard deviation. */
function statistic(values: readonly number[]) {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
  return { mean: expect.closeTo(mean, 10), sd: expect.closeTo(sd, 10), n: values.length };
}

describe('the leaderboard', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  const board = async (args = ''): Promise<Row[]> => {
    const { leaderboard } = await suite.api.get<{ leaderboard: { edges: { node: Row }[] } }>(
      `{ leaderboard${args} { edges { node { ${fields} } } } }`,
    );
    return leaderboard.edges.map(({ node }) => node);
  };
  const row = async (method: string, networkIndex: number | null) => {
    const found = (await board()).find((one) => one.method === method && one.networkIndex === networkIndex);
    if (!found) throw new Error('no such row');
    return found;
  };
  const pair = { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn-32' }] };

  /** Validation accuracies [network 0, network 1, ensemble] by seed; test accuracies are 0.01 lower. */
  const independent: Record<number, [number, number, number]> = { 1: [0.5, 0.6, 0.65], 2: [0.54, 0.62, 0.66], 3: [0.52, 0.58, 0.64] };
  const mutual: Record<number, [number, number, number]> = { 2: [0.57, 0.61, 0.67], 3: [0.54, 0.6, 0.63], 4: [0.9, 0.91, 0.95] };

  beforeAll(async () => {
    const trainer = await TestTrainer.join(rules.house);
    const train = async (spec: object, results: Record<number, [number, number, number]>, experimentId?: string) => {
      const ids = await schedule(rules.house, spec, Object.keys(results).map(Number), experimentId ? { experimentId } : {});
      for (const _ of ids) {
        const claim = await trainer.claimOrFail();
        const [first, second, ensemble] = results[claim.seed] ?? [0, 0, 0];
        await trainer.complete(claim, [first, second], ensemble);
      }
    };
    const experiment = { title: 'Does a peer help?', note: '', createdBy: 'owner' };
    const experimentId = await rules.inTransaction((tx) => createExperiment(tx, experiment));
    await train(pair, independent);
    await train({ ...pair, method: { mutual: {} } }, mutual, experimentId);
    // Seed 1 again, with another result: a check of reproducibility, no evidence.
    await train(pair, { 1: [0.51, 0.61, 0.66] });
    const [failing] = await schedule(rules.house, pair, [5]);
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(failing);
    await trainer.fail(claim, { permanent: true });
  });

  it('gives mean and sample sd over distinct seeds; a repeated seed counts once, its latest run', async () => {
    const first = await row('INDEPENDENT', 0);
    expect(first).toMatchObject({
      label: 'Independent · cnn + cnn-32 · 3 epochs',
      models: ['cnn'],
      n: 3,
      seeds: [1, 2, 3],
      repeats: 1,
      validationAccuracy: statistic([0.51, 0.54, 0.52]),
      testAccuracy: statistic([0.5, 0.53, 0.51]),
      ensembleValidationAccuracy: statistic([0.66, 0.66, 0.64]),
      counts: { total: 5, succeeded: 4, failed: 1 },
      validationGain: null,
      dataset: { name: 'shapes-16' },
    });
    expect(first.points.map(({ seed, validationAccuracy }) => [seed, validationAccuracy])).toEqual([
      [1, 0.51],
      [2, 0.54],
      [3, 0.52],
    ]);
  });

  it('never pools the networks of a cohort', async () => {
    expect((await row('INDEPENDENT', 1)).validationAccuracy).toEqual(statistic([0.61, 0.62, 0.58]));
  });

  it('pairs a network with its independent twin by seed, over the seeds both have', async () => {
    const { validationGain, testGain, points } = await row('MUTUAL', 0);
    expect(validationGain).toEqual(statistic([0.57 - 0.54, 0.54 - 0.52]));
    expect(testGain).toEqual(statistic([0.57 - 0.54, 0.54 - 0.52]));
    expect(points.map(({ seed, validationGain }) => [seed, validationGain])).toEqual([
      [2, expect.closeTo(0.03, 10)],
      [3, expect.closeTo(0.02, 10)],
      [4, null],
    ]);
  });

  it('pairs an ensemble with the independent ensemble of the same networks', async () => {
    expect(await row('MUTUAL', null)).toMatchObject({
      role: null,
      models: ['cnn', 'cnn-32'],
      validationAccuracy: statistic([0.67, 0.63, 0.95]),
      validationGain: statistic([0.67 - 0.66, 0.63 - 0.64]),
    });
  });

  it('is sorted, filtered and read in pages', async () => {
    const means = (rows: Row[]) => rows.map(({ validationAccuracy }) => validationAccuracy?.mean ?? -1);
    const down = means(await board());
    expect(down).toEqual([...down].sort((a, b) => b - a));
    expect(means(await board('(direction: ASC)'))).toEqual([...down].reverse());
    expect((await board('(filter: { members: ENSEMBLES })')).map(({ networkIndex }) => networkIndex)).toEqual([null, null]);
    expect((await board('(filter: { members: NETWORKS, methods: [MUTUAL] })')).length).toBe(2);
    expect((await board('(filter: { models: ["cnn-32"], members: NETWORKS })')).every(({ models }) => models[0] === 'cnn-32')).toBe(true);
    expect((await board('(filter: { search: "peer help" })')).every(({ method }) => method === 'MUTUAL')).toBe(true);
    expect(await board('(filter: { dataset: "cifar-10" })')).toEqual([]);
    expect(await board('(filter: { minSeeds: 4 })')).toEqual([]);
    expect((await board('(sort: VALIDATION_GAIN, first: 3)')).every(({ method }) => method === 'MUTUAL')).toBe(true);
    const page = 'pageInfo { hasNextPage hasPreviousPage endCursor startCursor } edges { node { id } }';
    type Paged = {
      leaderboard: { pageInfo: { hasNextPage: boolean; endCursor: string; startCursor: string }; edges: { node: { id: string } }[] };
    };
    const whole = await suite.api.get<Paged>(`{ leaderboard { ${page} } }`);
    const first = await suite.api.get<Paged>(`{ leaderboard(first: 4) { ${page} } }`);
    const rest = await suite.api.get<Paged>(`{ leaderboard(first: 4, after: "${first.leaderboard.pageInfo.endCursor}") { ${page} } }`);
    expect([...first.leaderboard.edges, ...rest.leaderboard.edges]).toEqual(whole.leaderboard.edges);
    expect([first.leaderboard.pageInfo.hasNextPage, rest.leaderboard.pageInfo.hasNextPage]).toEqual([true, false]);
    const back = await suite.api.get<Paged>(`{ leaderboard(last: 2, before: "${rest.leaderboard.pageInfo.startCursor}") { ${page} } }`);
    expect(back.leaderboard.edges).toEqual(whole.leaderboard.edges.slice(2, 4));
  });

  it('is shown for an experiment alone, with its counts', async () => {
    const { experiment } = await suite.api.get<{ experiment: { leaderboard: Row[] } }>(
      `{ experiment(slug: "does-a-peer-help") { title counts { total succeeded } leaderboard { ${fields} } runs { totalCount } } }`,
    );
    expect(experiment).toMatchObject({ title: 'Does a peer help?', counts: { total: 3, succeeded: 3 }, runs: { totalCount: 3 } });
    expect(experiment.leaderboard.length).toBe(3);
    expect(experiment.leaderboard.every(({ method }) => method === 'MUTUAL')).toBe(true);
  });

  it('gives all rows of the largest group: 16 networks, 8 teachers trained with them, and the ensemble', async () => {
    const teachers = Array.from({ length: 8 }, () => ({ trained: { network: { model: 'cnn' } } }));
    const networks = Array.from({ length: 16 }, () => ({ model: 'cnn' }));
    const [id = ''] = await schedule(rules.house, { ...smallSpec, networks, method: { mutual: { teaching: { teachers } } } }, [1]);
    const { groupKey } = await rules.db.run.findUniqueOrThrow({ where: { id } });
    expect((await readGroups(rules.db, [groupKey])).map(({ index }) => index)).toEqual([...Array(24).keys(), null]);
    await rules.inTransaction((tx) => cancelRuns(tx, [id]));
    await rules.inTransaction((tx) => archiveRuns(tx, [id], true));
  });

  it('leaves archived runs out', async () => {
    const { points } = await row('MUTUAL', 0);
    const archive = 'mutation ($ids: [ID!]!, $archived: Boolean!) { archiveRuns(ids: $ids, archived: $archived) { archived } }';
    const ids = points.filter(({ seed }) => seed === 4).map(({ runId }) => runId);
    await suite.api.get(archive, { ids, archived: true }, suite.api.key);
    expect((await row('MUTUAL', 0)).seeds).toEqual([2, 3]);
    await suite.api.get(archive, { ids, archived: false }, suite.api.key);
    expect((await row('MUTUAL', 0)).seeds).toEqual([2, 3, 4]);
  });

  it('says of each group which part of its images had labels, and which classes it was shown none of', async () => {
    await schedule(rules.house, { ...smallSpec, data: { labelledFraction: 0.1, withheldClasses: [7, 3] } }, [1]);
    const { leaderboard } = await suite.api.get<{ leaderboard: { edges: { node: Record<string, unknown> }[] } }>(
      '{ leaderboard { edges { node { label labelledFraction withheldClasses } } } }',
    );
    const facts = leaderboard.edges.map(({ node }) => [node.labelledFraction, node.withheldClasses]);
    expect(facts.filter(([fraction]) => fraction !== 1)).toEqual([[0.1, [3, 7]]]);
    expect(facts.filter(([fraction]) => fraction === 1).every(([, classes]) => Array.isArray(classes) && classes.length === 0)).toBe(true);
  });
});
