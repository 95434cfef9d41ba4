import { describe, expect, it } from 'vitest';
import { schedulePreset } from '../../deck/schedule.ts';
import { findPresetSides } from '../../deck/sides.ts';
import { controlsOf } from '../../testing/controls.ts';
import { schedule, shapes, smallSpec, TestTrainer } from '../../testing/fleet.ts';
import { useDatabase } from '../../testing/rules-suite.ts';
import { useApi } from '../../testing/suite.ts';
import { createExperiment } from '../experiment.ts';
import { addSeeds } from './add.ts';
import { estimateTime } from './estimate-time.ts';
import { findExperimentSides } from './of-experiment.ts';
import { planSeeds } from './plan.ts';
import { findSides } from './side.ts';

describe('adding seeds', () => {
  const suite = useDatabase();
  const { cancel, archive, remove } = controlsOf(suite);
  const pair = (training: object = {}) => ({
    ...smallSpec,
    networks: [{ model: 'cnn' }, { model: 'cnn' }],
    training: { epochs: 3, ...training },
  });
  const mutual = (training: object = {}) => ({ ...pair(training), method: { mutual: {} } });
  const keyOf = async (runId: string) => (await suite.db.run.findUniqueOrThrow({ where: { id: runId } })).groupKey;
  const add = (groupKey: string, count: number, withTwins = true) =>
    suite.inTransaction((tx) => addSeeds(tx, (within) => findSides(within, [groupKey], withTwins), count, 'owner'));
  const plan = async (groupKey: string, count: number) => planSeeds(suite.db, await findSides(suite.db, [groupKey], true), count);
  /** What is scheduled, in order: `MUTUAL 4`. */
  const read = async (ids: readonly string[]) => {
    const runs = await suite.db.run.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } });
    return runs.map(({ method, seed }) => `${method} ${seed}`);
  };
  /** A spec of its own for each test: groups are told apart by it. */
  let rate = 0;
  const own = () => {
    rate += 1;
    return { learningRate: 0.01 + rate / 1000 };
  };

  it('gives the group and its twin the same next seeds, pair by pair', async () => {
    await TestTrainer.join(suite.house);
    const training = own();
    const [first = ''] = await schedule(suite.house, mutual(training), [1, 2]);
    await schedule(suite.house, pair(training), [1, 2]);
    const { plan: done, scheduled } = await add(await keyOf(first), 2);
    expect(done.seeds).toEqual([3, 4]);
    expect(await read(scheduled)).toEqual(['MUTUAL 3', 'INDEPENDENT 3', 'MUTUAL 4', 'INDEPENDENT 4']);
    const [again] = await suite.db.run.findMany({ where: { id: { in: scheduled }, method: 'MUTUAL' } });
    expect(again?.groupKey).toBe(await keyOf(first));
  });

  it('fills in first what one side lacks, and repeats nothing', async () => {
    const training = own();
    const [first = ''] = await schedule(suite.house, mutual(training), [1, 2, 3, 7]);
    await schedule(suite.house, pair(training), [1, 2]);
    const { scheduled } = await add(await keyOf(first), 3);
    expect(await read(scheduled)).toEqual(['INDEPENDENT 3', 'INDEPENDENT 7', 'MUTUAL 4', 'INDEPENDENT 4']);
  });

  it('makes the twin where there is none, or leaves it out when asked to', async () => {
    const training = own();
    const [first = ''] = await schedule(suite.house, mutual(training), [1]);
    expect(await read((await add(await keyOf(first), 1, false)).scheduled)).toEqual(['MUTUAL 2']);
    const { scheduled } = await add(await keyOf(first), 2);
    expect(await read(scheduled)).toEqual(['INDEPENDENT 1', 'INDEPENDENT 2']);
    const [of] = await schedule(suite.house, pair(training), [9]);
    expect(await keyOf(of ?? '')).toBe(await keyOf(scheduled[0] ?? ''));
  });

  it('counts a twin that stands in a larger cohort', async () => {
    const training = own();
    const trio = { ...pair(training), networks: [{ model: 'cnn' }, { model: 'cnn' }, { model: 'cnn' }] };
    const [first = ''] = await schedule(suite.house, mutual(training), [1, 2]);
    await schedule(suite.house, trio, [1, 2, 3]);
    expect(await read((await add(await keyOf(first), 1)).scheduled)).toEqual(['MUTUAL 3']);
    // It goes on as the twin: no second baseline begins with seed 4.
    const { plan: next } = await add(await keyOf(first), 1);
    expect(next.runs.map(({ side, seeds }) => [side.role, side.label.split(' · ')[1], seeds])).toEqual([
      ['GROUP', 'cnn ×2', [4]],
      ['TWIN', 'cnn ×3', [4]],
    ]);
  });

  it('gives a twin that several groups share what any of them lacks', async () => {
    const training = own();
    const other = (...models: string[]) => ({ ...pair(training), networks: models.map((model) => ({ model })) });
    const experimentId = await suite.inTransaction((tx) => createExperiment(tx, { title: 'Shared', note: '', createdBy: 'owner' }));
    await schedule(suite.house, mutual(training), [1, 2, 3], { experimentId });
    await schedule(suite.house, { ...other('cnn'), method: { confidencePenalty: {} } }, [1, 2, 3], { experimentId });
    await schedule(suite.house, pair(training), [1, 2]);
    // Here the penalised network finds its twin of seed 3; the pair finds none.
    await schedule(suite.house, other('cnn', 'cnn-32'), [3]);
    const sides = await findExperimentSides(suite.db, experimentId, true);
    const { runs } = await planSeeds(suite.db, sides, 1);
    expect(runs.map(({ side, seeds }) => [side.role, side.label, seeds])).toEqual([
      ['TWIN', expect.stringContaining('Independent · cnn ×2'), [3]],
    ]);
  });

  it('schedules a teacher of the same seed before its student, and theirs before them', async () => {
    const training = own();
    const [teacher = ''] = await schedule(suite.house, { ...smallSpec, training: { epochs: 4, ...training } }, [1]);
    const taught = (groupKey: string, epochs: number) => ({
      ...smallSpec,
      training: { epochs, ...training },
      method: { distillation: { teachers: [{ group: { groupKey, network: 0 } }] } },
    });
    const [middle = ''] = await schedule(suite.house, taught(await keyOf(teacher), 5), [1]);
    const [student = ''] = await schedule(suite.house, taught(await keyOf(middle), 6), [1]);
    const { plan: done, scheduled } = await add(await keyOf(student), 2);
    // Seed 1 lacks the student's twin alone.
    expect(done.seeds).toEqual([1, 2]);
    expect(await read(scheduled)).toEqual(['INDEPENDENT 1', 'INDEPENDENT 2', 'DISTILLATION 2', 'DISTILLATION 2', 'INDEPENDENT 2']);
    expect(done.runs.map(({ side, seeds }) => [side.role, seeds])).toEqual([
      ['TEACHER', [2]],
      ['TEACHER', [2]],
      ['GROUP', [2]],
      ['TWIN', [1, 2]],
    ]);
  });

  it('leaves out a seed whose run failed, was cancelled or is archived, and says which run', async () => {
    const training = own();
    const [first = '', , third = ''] = await schedule(suite.house, mutual(training), [1, 2, 3]);
    const [, lost = ''] = await schedule(suite.house, pair(training), [1, 2]);
    await cancel([lost, third]);
    await archive([third]);
    const { seeds, leftOut } = await plan(await keyOf(first), 1);
    expect(seeds).toEqual([4]);
    expect(leftOut).toEqual([
      { seed: 2, reason: expect.stringMatching(new RegExp(`^Run ${lost} of "Independent · cnn ×2 · .*" was cancelled: retry it`)) },
      { seed: 3, reason: expect.stringContaining(third) },
    ]);
  });

  it('refuses none, too many, what has no runs, what is archived, and what has lost its teacher', async () => {
    const training = own();
    const ids = await schedule(suite.house, mutual(training), [1]);
    const key = await keyOf(ids[0] ?? '');
    for (const count of [0, -1, 51, 1000, 1.5]) await expect(add(key, count)).rejects.toThrow(/1 to 50 seeds/);
    await expect(add('nothing', 1)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await cancel(ids);
    await archive(ids);
    await expect(add(key, 1)).rejects.toThrow(/All runs of "DML · cnn ×2 · .*" are archived/);
    const trainer = await TestTrainer.join(suite.house);
    const [teacher = ''] = await schedule(suite.house, { ...smallSpec, training: own() }, [1], { priority: 100 });
    await trainer.complete({ ...(await trainer.claimOrFail()), spec: { networks: [1], training: { epochs: 20 } } }, [0.5]);
    const method = { distillation: { teachers: [{ run: { runId: teacher } }] } };
    const [student = ''] = await schedule(suite.house, { ...smallSpec, method }, [1]);
    await cancel([student]);
    await archive([teacher]);
    await remove([teacher]);
    await expect(add(await keyOf(student), 1)).rejects.toThrow(`learns from run ${teacher}, which has been deleted`);
  });

  it('adds to what another adds at the same moment', async () => {
    const training = own();
    const [first = ''] = await schedule(suite.house, pair(training), [1]);
    const key = await keyOf(first);
    const [one, other] = await Promise.all([add(key, 2), add(key, 2)]);
    expect([...(one?.plan.seeds ?? []), ...(other?.plan.seeds ?? [])].sort()).toEqual([2, 3, 4, 5]);
  });

  it('is refused where the name of the data has come to mean other bytes', async () => {
    const data = { ...shapes, name: 'moved', hash: `sha256:${'b'.repeat(64)}` };
    await TestTrainer.join(suite.house, { datasets: [data] });
    const [first = ''] = await schedule(suite.house, { ...smallSpec, dataset: 'moved' }, [1]);
    await TestTrainer.join(suite.house, { datasets: [{ ...data, hash: `sha256:${'c'.repeat(64)}` }] });
    await expect(add(await keyOf(first), 1)).rejects.toMatchObject({ code: 'CONFLICT', message: expect.stringContaining('moved') });
  });

  it('adds to all groups of an experiment, into it; and to all of a preset', async () => {
    const training = own();
    const experimentId = await suite.inTransaction((tx) => createExperiment(tx, { title: 'Surer', note: '', createdBy: 'owner' }));
    await expect(findExperimentSides(suite.db, experimentId, true)).rejects.toThrow(/has no runs/);
    await schedule(suite.house, mutual(training), [1], { experimentId });
    await schedule(suite.house, pair(training), [1], { experimentId });
    const added = await suite.inTransaction((tx) => addSeeds(tx, (within) => findExperimentSides(within, experimentId, true), 1, 'owner'));
    expect(await read(added.scheduled)).toEqual(['MUTUAL 2', 'INDEPENDENT 2']);
    expect(await suite.db.run.count({ where: { experimentId } })).toBe(4);

    const preset = { slug: 'mutual', scale: 'TINY' } as const;
    const sides = (person: string | null) => findPresetSides(suite.db, preset.slug, preset.scale, person);
    await expect(sides(null)).rejects.toThrow(/schedule it first/);
    await suite.inTransaction((tx) => schedulePreset(tx, preset, 'owner'));
    expect((await planSeeds(suite.db, await sides(null), 2)).runs.map(({ seeds }) => seeds)).toEqual([
      [4, 5],
      [4, 5],
    ]);
  });

  it('says how long it takes from what such runs took, shared by the slots that are free to take them', async () => {
    const training = own();
    await suite.database.query('UPDATE trainers SET "left" = true');
    const [first = ''] = await schedule(suite.house, pair(training), [1], { priority: 100 });
    const key = await keyOf(first);
    const { runs } = await plan(key, 4);
    expect(await estimateTime(suite.db, runs, [])).toMatchObject({ seconds: null, slots: 0 });
    const trainer = await TestTrainer.join(suite.house);
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(first);
    await trainer.complete(claim, [0.5, 0.5]);
    await suite.database.query(`UPDATE attempts SET started_at = ended_at - interval '30 s' WHERE job_id = $1`, [claim.jobId]);
    // Four runs of 30 s on two slots.
    expect(await estimateTime(suite.db, runs, [])).toMatchObject({ seconds: 60, slots: 2 });
  });
});

describe('adding seeds over GraphQL', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  const fields =
    'seeds runCount seconds slots runs { label role seeds } expected { of metric difference now { mean n interval } n interval }';

  it('quotes what it would do and how sure that makes the gain, to readers as well; does it for people alone', async () => {
    const trainer = await TestTrainer.join(rules.house);
    const accuracies: Record<string, number> = { '0 1': 0.5, '0 2': 0.5, '1 1': 0.53, '1 2': 0.55 };
    const specs = [smallSpec, { ...smallSpec, method: { confidencePenalty: {} } }];
    for (const [place, spec] of specs.entries()) {
      await schedule(rules.house, spec, [1, 2]);
      for (let run = 0; run < 2; run++) {
        const claim = await trainer.claimOrFail();
        await trainer.complete(claim, [accuracies[`${place} ${claim.seed}`] ?? 0]);
      }
    }
    const { groupKey } = await rules.db.run.findFirstOrThrow({ where: { method: 'CONFIDENCE_PENALTY' } });
    const query = `query ($key: String!, $count: Int!) { seedsPlan(of: { groupKey: $key }, count: $count) { ${fields} } }`;
    const { seedsPlan } = await suite.api.get<{ seedsPlan: object }>(query, { key: groupKey, count: 3 });
    // Gains of 3 and 5 points: sd 0.0141; 12.706 sd / √2 now, 2.776 sd / √5 with three more.
    expect(seedsPlan).toMatchObject({
      seeds: [3, 4, 5],
      runCount: 6,
      slots: 2,
      seconds: expect.any(Number),
      runs: [
        { role: 'GROUP', seeds: [3, 4, 5] },
        { role: 'TWIN', label: expect.stringMatching(/^Independent · cnn · /), seeds: [3, 4, 5] },
      ],
      expected: [
        {
          of: expect.stringContaining('network 0 (cnn)'),
          metric: 'VALIDATION_ACCURACY',
          difference: true,
          now: { mean: expect.closeTo(0.04, 10), n: 2, interval: expect.closeTo(0.12706, 4) },
          n: 5,
          interval: expect.closeTo(0.01756, 4),
        },
      ],
    });
    const mutation = `mutation ($key: String!) { addSeeds(of: { groupKey: $key }, count: 1) { scheduled { seed method } plan { seeds } } }`;
    expect((await suite.api.refusal(mutation, { key: groupKey })).extensions.code).toBe('UNAUTHENTICATED');
    expect((await suite.api.refusal(mutation, { key: groupKey }, suite.api.trainerToken)).extensions.code).toBe('FORBIDDEN');
    expect(await suite.api.get(mutation, { key: groupKey }, suite.api.key)).toEqual({
      addSeeds: {
        plan: { seeds: [3] },
        scheduled: [
          { seed: 3, method: 'CONFIDENCE_PENALTY' },
          { seed: 3, method: 'INDEPENDENT' },
        ],
      },
    });
    expect((await suite.api.refusal(query, { key: groupKey, count: 1000 })).extensions.code).toBe('BAD_INPUT');
  });
});
