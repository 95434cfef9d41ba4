import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ApiError } from '../errors.ts';
import { schedule, shapes, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { cancelRuns } from './control.ts';
import { prepareSpec } from './prepare.ts';

/** The problems of a refusal, by path. */
function byPath(problems: unknown): Record<string, string> {
  return Object.fromEntries(((problems ?? []) as Problem[]).map(({ path, message }) => [path, message]));
}

describe('scheduling', () => {
  const suite = useDatabase();
  const ready = () => TestTrainer.join(suite.house);
  beforeAll(async () => {
    await ready();
  });

  /** The problems with which a spec is refused, by path; nothing is stored then. */
  async function problems(spec: object, seeds: readonly number[] = [1]): Promise<Record<string, string>> {
    const count = async () => (await suite.database.query<{ n: number }>('SELECT count(*)::int AS n FROM runs'))[0]?.n;
    const before = await count();
    const error: ApiError = await schedule(suite.house, spec, seeds).then(
      () => expect.unreachable('That was scheduled.'),
      (refused) => refused,
    );
    expect(error.code).toBe('BAD_SPEC');
    expect(await count()).toBe(before);
    return byPath(error.extensions.problems);
  }

  it('refuses a dataset that nobody holds and models or views that do not exist', async () => {
    expect(await problems({ ...smallSpec, dataset: 'imagenet' })).toEqual({
      dataset: '"imagenet" has not been announced by a trainer; known: shapes-16.',
    });
    const found = await problems({ ...smallSpec, networks: [{ model: 'resnet-18' }, { model: 'cnn', view: 'sound' }] });
    expect(found).toEqual({
      'networks.0.model': expect.stringContaining("a resnet's depth is 6n+2"),
      'networks.1.view': '"sound" is not a view of shapes-16; allowed: rgb, depth.',
    });
  });

  it('refuses a network that cannot read its view', async () => {
    expect(await problems({ ...smallSpec, networks: [{ model: 'tcn-8' }] })).toEqual({
      'networks.0.model': 'tcn-8 needs sequences (time × channels), but view rgb has shape 16 × 16 × 3; use an mlp there.',
    });
  });

  it('refuses cohorts of no or too many networks, and a lonely peer', async () => {
    const cohort = (count: number) => ({ ...smallSpec, networks: Array.from({ length: count }, () => ({ model: 'cnn' })) });
    expect(await problems(cohort(0))).toEqual({ networks: 'has 0 networks; a cohort has 1 to 16.' });
    expect(await problems(cohort(17))).toEqual({ networks: 'has 17 networks; a cohort has 1 to 16.' });
    expect(await problems(cohort(40))).toEqual({ networks: 'has 40 networks; a cohort has 1 to 16.' });
    expect(await problems({ ...cohort(1), method: { mutual: {} } })).toEqual({ networks: expect.stringContaining('needs at least 2') });
  });

  it('refuses to match features of different shapes, naming networks and shapes, and schedules those of equal ones', async () => {
    const cohort = (models: string[], features: object) => ({
      ...smallSpec,
      networks: models.map((model) => ({ model })),
      method: { mutual: { features } },
    });
    expect(await problems(cohort(['cnn', 'cnn-8'], {}))).toEqual({
      'method.mutual.features.layer':
        'is LAST, where network 0 (cnn) has 64 and network 1 (cnn-8) has 32: features of different shapes cannot be matched.',
    });
    expect(await problems(cohort(['mlp-64', 'cnn', 'resnet-8'], { layer: 'MIDDLE' }))).toEqual({
      'method.mutual.features.layer':
        'is MIDDLE, where network 0 (mlp-64) has 64 and network 1 (cnn) has 8 × 8 × 32: features of different shapes cannot be matched.',
    });
    expect(await problems(cohort(['mlp-4096', 'mlp-4096'], { alignment: 'PERMUTATION' }))).toEqual({
      'method.mutual.features.alignment': 'is PERMUTATION, but layer LAST of mlp-4096 has 4,096 neurons; at most 2,048 can be aligned.',
    });
    // Equal shapes from different families.
    const [id = ''] = await schedule(suite.house, cohort(['mlp-64', 'cnn', 'resnet-8'], { alignment: 'PERMUTATION' }), [1]);
    const { label } = await suite.db.run.findUniqueOrThrow({ where: { id } });
    expect(label).toBe('DML · mlp-64 + cnn + resnet-8 · + L2 last aligned · 3 epochs');
    await suite.inTransaction((tx) => cancelRuns(tx, [id]));
  });

  it('refuses settings that contradict each other or the dataset’s size', async () => {
    const step = (milestones: number[]) => ({ schedule: { step: { milestones } }, epochs: 10 });
    expect(await problems({ ...smallSpec, training: { epochs: 3, warmupEpochs: 3 } })).toHaveProperty(['training.warmupEpochs']);
    expect(Object.keys(await problems({ ...smallSpec, training: step([4, 4, 12]) }))).toEqual([
      'training.schedule.step.milestones.1',
      'training.schedule.step.milestones.2',
    ]);
    expect(await problems({ ...smallSpec, data: { trainSamples: 3700 } })).toEqual({
      'data.trainSamples': 'is 3,700; shapes-16 has 3,600 training images once 400 are held back for validation.',
    });
    expect(await problems({ ...smallSpec, data: { trainSamples: 19 } })).toHaveProperty(['data.trainSamples']);
    expect(await problems({ ...smallSpec, data: { trainSamples: 60 } })).toEqual({
      'training.batchSize': 'is 64; only 60 training images are used, not one full batch.',
    });
    expect(await problems({ ...smallSpec, training: { learningRate: 4, optimizer: { adamw: { weightDecay: 0.5 } } } })).toEqual({
      'training.optimizer.adamw.weightDecay': 'is 0.5; times the learning rate, 4, it has to be at most 1.',
    });
    expect(
      await problems({ ...smallSpec, training: { gradientClipping: 0, labelSmoothing: 1, optimizer: { adam: { beta3: 1 } } } }),
    ).toEqual({
      'training.gradientClipping': 'is 0; it has to be at least 0.000001 and at most 1,000,000.',
      'training.labelSmoothing': 'is 1; it has to be at least 0 and at most 0.9.',
      'training.optimizer.adam.beta3': 'is not a setting here; allowed: beta1, beta2, epsilon, weightDecay.',
    });
    expect(
      await problems({
        ...smallSpec,
        training: { learningRate: 1e-8, ...step([1, 2, 3, 4, 5, 6]), schedule: { step: { milestones: [1, 2, 3, 4, 5, 6], factor: 1e-6 } } },
      }),
    ).toEqual({
      'training.schedule.step.factor': expect.stringMatching(
        /^is 0.000001; after 6 milestones the learning rate would be 1e-44, which 32-bit/,
      ),
    });
    const best = { ...smallSpec, data: { validationFraction: 0 }, training: { selection: 'BEST_VALIDATION' } };
    expect(await problems(best)).toHaveProperty(['training.selection']);
  });

  it('refuses a batch in which batch norm sees single numbers, of a trained teacher too', async () => {
    const training = { ...smallSpec.training, batchSize: 1 };
    // 16 × 16 pictures end as 1 × 1 after four halvings, as 4 × 4 after two.
    const teacher = { trained: { network: { model: 'mobilenet-1' } } };
    expect(
      await problems({ ...smallSpec, networks: [{ model: 'resnet-8' }, { model: 'mobilenet-0.5', view: 'depth' }], training }),
    ).toEqual({
      'training.batchSize':
        'is 1, where the batch norm of network 1 (mobilenet-0.5 on 16 × 16 × 1) sees a single number per channel; take a batch of at least 2, or a network without batch norm (mlp).',
    });
    expect(
      await problems({ ...smallSpec, networks: [{ model: 'mlp-8' }], method: { distillation: { teachers: [teacher] } }, training }),
    ).toEqual({
      'training.batchSize': expect.stringContaining('network 1 (mobilenet-1 on 16 × 16 × 3) sees a single number'),
    });
    const two = { ...smallSpec, networks: [{ model: 'mobilenet-1' }], training: { ...training, batchSize: 2 } };
    expect(await schedule(suite.house, two, [1])).toHaveLength(1);
  });

  it('refuses a labelled part too small for the classes, and classes to withhold that there are not', async () => {
    const data = (settings: object) => problems({ ...smallSpec, data: settings });
    expect(await data({ trainSamples: 200, labelledFraction: 0.05 })).toEqual({
      'data.labelledFraction':
        'is 0.05; of 200 training images that leaves 10 with a label, but shapes-16 has 20 classes, and every class needs one: at least 0.1.',
    });
    expect(await data({ withheldClasses: [3, 20, 3] })).toEqual({
      'data.withheldClasses.1': 'is 20; shapes-16 has the classes 0 to 19.',
      'data.withheldClasses.2': 'is 3, which is listed twice.',
    });
    expect(await data({ withheldClasses: [-1] })).toHaveProperty(['data.withheldClasses.0']);
    expect(await data({ withheldClasses: Array.from({ length: 20 }, (_, label) => label) })).toEqual({
      'data.withheldClasses': 'names all 20 classes of shapes-16: nothing is left to train on.',
    });
  });

  it('puts runs into one group whatever the order in which they withhold classes', async () => {
    const [one] = await schedule(suite.house, { ...smallSpec, data: { withheldClasses: [7, 3], labelledFraction: 0.5 } }, [1]);
    const [other] = await schedule(suite.house, { ...smallSpec, data: { withheldClasses: [3, 7], labelledFraction: 0.5 } }, [2]);
    const runs = await suite.db.run.findMany({ where: { id: { in: [one ?? '', other ?? ''] } }, orderBy: { seed: 'asc' } });
    expect(runs.map(({ id }) => id)).toEqual([one, other]);
    expect(runs[0]?.spec).toMatchObject({ data: { withheldClasses: [3, 7], labelledFraction: 0.5 } });
    expect(runs[1]?.groupKey).toBe(runs[0]?.groupKey);
  });

  describe('with a teacher from another run', () => {
    const learnFrom = (teacher: object, more: object = {}) => ({
      ...smallSpec,
      method: { distillation: { teachers: [teacher] } },
      ...more,
    });
    const finished = async (spec: object = smallSpec, seeds = [1]) => {
      const trainer = await ready();
      const ids = await schedule(suite.house, spec, seeds, { priority: 50 });
      for (const _ of ids) await trainer.complete(await trainer.claimOrFail(), [0.6]);
      return { trainer, ids, runId: ids[0] ?? '' };
    };
    const groupOf = async (id = '') => (await suite.db.run.findUniqueOrThrow({ where: { id } })).groupKey;
    const path = 'method.distillation.teachers.0';

    it('of a group is the run with the student’s seed', async () => {
      const { ids } = await finished({ ...smallSpec, training: { epochs: 2 } }, [1, 2]);
      const teacher = { group: { groupKey: await groupOf(ids[0]) } };
      const students = await schedule(suite.house, learnFrom(teacher), [2, 1]);
      const rows = await suite.database.query(
        'SELECT seed, teacher_run_id FROM runs JOIN run_teachers ON run_id = id WHERE id = ANY ($1) ORDER BY seed',
        [students],
      );
      expect(rows).toEqual([
        { seed: 1, teacher_run_id: ids[0] },
        { seed: 2, teacher_run_id: ids[1] },
      ]);
      expect(await problems(learnFrom(teacher), [1, 3])).toEqual({
        [`${path}.group.groupKey`]: 'The group has no run with seed 3; it has the seeds 1, 2.',
      });
      expect(await problems(learnFrom({ group: { groupKey: 'f'.repeat(64) } }))).toHaveProperty([`${path}.group.groupKey`]);
      await suite.inTransaction((tx) => cancelRuns(tx, students));
    });

    it('is refused if it does not exist, failed, lacks the network, or is another dataset’s', async () => {
      const { trainer, runId } = await finished();
      expect(await problems(learnFrom({ run: { runId: 'run_none' } }))).toEqual({ [`${path}.run.runId`]: 'There is no run "run_none".' });
      expect(await problems(learnFrom({ run: { runId, network: 2 } }))).toEqual({
        [`${path}.run.network`]: `is 2; run ${runId} has the networks 0.`,
      });
      const other = { ...shapes, name: 'shapes-32', hash: `sha256:${'b'.repeat(64)}` };
      await TestTrainer.join(suite.house, { datasets: [other, shapes] });
      expect(await problems(learnFrom({ run: { runId } }, { dataset: 'shapes-32' }))).toHaveProperty([`${path}.run.runId`]);
      const [failing] = await schedule(suite.house, smallSpec, [9], { priority: 90 });
      await trainer.fail(await trainer.claimOrFail(), { permanent: true });
      expect(await problems(learnFrom({ run: { runId: failing } }))).toEqual({
        [`${path}.run.runId`]: `Run ${failing} (seed 9) failed: retry it first, or name another.`,
      });
    });

    it('is refused if it may have seen what validates the student', async () => {
      const { runId } = await finished();
      const found = await problems(learnFrom({ run: { runId } }, { data: { splitSeed: 4 } }));
      expect(found.data).toMatch(/splitSeed 4; the teacher, run run_\w+, was trained with 0\.1 and 0, so it may have seen what validates/);
      expect(await problems(learnFrom({ run: { runId } }, { data: { validationFraction: 0.2 } }))).toHaveProperty('data');
      for (const data of [{ validationFraction: 0.05 }, { validationFraction: 0 }, { withheldClasses: [3], labelledFraction: 0.1 }]) {
        const spec = learnFrom({ run: { runId } }, { data });
        expect((await prepareSpec(suite.db, spec, [1])).problems).toEqual([]);
      }
    });

    it('is refused twice over, be it named as a run and as a group', async () => {
      const { runId } = await finished();
      const teachers = [{ run: { runId } }, { group: { groupKey: await groupOf(runId) } }];
      const found = await problems({ ...smallSpec, method: { distillation: { teachers } } });
      expect(Object.keys(found)).toEqual(['method.distillation.teachers.1.group']);
      expect(found['method.distillation.teachers.1.group']).toMatch(/network 0 of run run_\w+, which teacher 0 is already; name each once/);
    });

    it('and its students see images of one extent if they are augmented', async () => {
      const views = [...shapes.views, { name: 'small', shape: [8, 8, 1] }, { name: 'motion', shape: [20, 6] }];
      const many = { ...shapes, name: 'many', hash: `sha256:${'c'.repeat(64)}`, views };
      const other = await TestTrainer.join(suite.house, { datasets: [many] });
      const spec = { ...smallSpec, dataset: 'many' };
      const [runId] = await schedule(suite.house, { ...spec, networks: [{ model: 'cnn', view: 'small' }] }, [1], { priority: 90 });
      await other.complete(await other.claimOrFail(), [0.6]);
      const augmented = { ...spec, training: { ...smallSpec.training, augmentation: { flip: true } } };
      const taught = (teacher: object) => ({ ...augmented, method: { distillation: { teachers: [teacher] } } });
      expect(await problems(taught({ run: { runId } }))).toEqual({
        'training.augmentation':
          'flips or crops all views alike, which needs one extent; they have rgb 16 × 16, small 8 × 8. Leave it off.',
      });
      expect(await problems(taught({ trained: { network: { model: 'tcn-8', view: 'motion' } } }))).toEqual({
        'training.augmentation': 'flips or crops, which is for images alone; view motion of many has the shape 20 × 6. Leave it off.',
      });
      const depth = taught({ trained: { network: { model: 'cnn', view: 'depth' } } });
      expect((await prepareSpec(suite.db, depth, [1])).problems).toEqual([]);
    });
  });
});

describe('scheduling over GraphQL', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const ready = () => TestTrainer.join(suite.api);

  /** The problems with which a spec is refused, by path; nothing is stored then. */
  async function problems(spec: unknown, seeds: unknown = [1]): Promise<Record<string, string>> {
    const count = async () => (await suite.database.query<{ n: number }>('SELECT count(*)::int AS n FROM runs'))[0]?.n;
    const before = await count();
    const mutation = 'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }';
    const error = await suite.api.refusal(mutation, { input: { spec, seeds } }, suite.api.key);
    expect(error.extensions.code).toBe('BAD_SPEC');
    expect(await count()).toBe(before);
    return byPath(error.extensions.problems);
  }

  it('stores the normalised spec, the cohort and a job per seed, and says who did it', async () => {
    await ready();
    const [first] = await schedule(suite.api, { ...smallSpec, networks: [{ model: 'cnn' }, { model: 'cnn' }] }, [3, 5], {
      tags: ['a', 'a '],
    });
    const { run } = await suite.api.get<{ run: object }>(
      `query ($id: ID!) { run(id: $id) { seed label method state spec execution createdBy tags queuePosition reason epochs
        siblings { seed } dataset { name } networks { index role model { name } view parameters result { selectedEpoch } } } }`,
      { id: first },
    );
    expect(run).toMatchObject({
      seed: 3,
      label: 'Independent · cnn ×2 · 3 epochs',
      method: 'INDEPENDENT',
      state: 'QUEUED',
      createdBy: 'owner',
      tags: ['a'],
      epochs: 3,
      queuePosition: 1,
      reason: null,
      execution: { engine: 'AUTO', checkpointEvery: 1, maxFailures: 3 },
      spec: { data: { validationFraction: 0.1 }, networks: [{ model: 'cnn', view: 'rgb' }, {}], training: { epochs: 3, batchSize: 64 } },
      siblings: [{ seed: 5 }],
      dataset: { name: 'shapes-16' },
      networks: [
        { index: 0, role: 'STUDENT', model: { name: 'cnn' }, view: 'rgb', parameters: null, result: null },
        { index: 1, role: 'STUDENT' },
      ],
    });
  });

  it('refuses what is wrong with the shape of a spec, naming all of it', async () => {
    const found = await problems({ ...smallSpec, method: { mutual: { wieght: 1 } }, training: { learningRate: -1 } });
    expect(found).toEqual({
      'method.mutual.wieght':
        'is not a setting here; allowed: update, target, weight, temperature, scaleByTemperatureSquared, labelWeight, teaching, features.',
      'training.learningRate': 'is -1; it has to be at least 1e-8 and at most 100.',
    });
  });

  it('refuses ten thousand teachers by their number, without looking for one of them', async () => {
    await ready();
    const teachers = Array.from({ length: 10_000 }, (_, k) => ({ run: { runId: `run_${k}` } }));
    expect(await problems({ ...smallSpec, method: { distillation: { teachers } } })).toEqual({
      'method.distillation.teachers': 'has 10,000 teachers; 1 to 8 are allowed.',
    });
  });

  it('refuses seeds that repeat, none, and too many', async () => {
    expect(await problems(smallSpec, [1, 2, 1])).toEqual({ 'seeds.2': 'is 1, which is listed twice; seeds are distinct.' });
    expect(await problems(smallSpec, [])).toHaveProperty('seeds');
    expect(
      await problems(
        smallSpec,
        Array.from({ length: 51 }, (_, i) => i),
      ),
    ).toHaveProperty('seeds');
    expect(await problems(smallSpec, [-1])).toHaveProperty(['seeds.0']);
  });

  it('says the same when a spec is only checked', async () => {
    const check = 'query ($spec: JSON!, $seeds: [Int!]!) { checkSpec(spec: $spec, seeds: $seeds) { path message } }';
    const { checkSpec } = await suite.api.get<{ checkSpec: object[] }>(check, { spec: { ...smallSpec, dataset: 'x' }, seeds: [1, 1] });
    expect(checkSpec).toMatchObject([{ path: 'seeds.1' }, { path: 'dataset' }]);
    expect(await suite.api.get(check, { spec: smallSpec, seeds: [1] })).toEqual({ checkSpec: [] });
  });

  it('with a teacher from another run names its weights when the student is claimed', async () => {
    const trainer = await ready();
    const [runId = ''] = await schedule(suite.api, smallSpec, [1], { priority: 50 });
    await trainer.complete(await trainer.claimOrFail(), [0.6]);
    const taught = { ...smallSpec, method: { distillation: { teachers: [{ run: { runId } }] } } };
    const [student] = await schedule(suite.api, taught, [7], { priority: 60 });
    const claim = await trainer.claimOrFail();
    expect(claim.runId).toBe(student);
    expect(claim.teachers).toMatchObject([{ runId, network: 0, path: expect.stringMatching(/^\/artifacts\/[0-9a-f]{64}$/) }]);
    await trainer.complete(claim, [0.7]);
    const { run } = await suite.api.get<{ run: object }>(
      'query ($id: ID!) { run(id: $id) { label teachers { position network run { id } } } }',
      {
        id: student,
      },
    );
    expect(run).toEqual({
      label: `KD · cnn → cnn · teacher run ${runId.slice(-6)} · 3 epochs`,
      teachers: [{ position: 0, network: 0, run: { id: runId } }],
    });
  });
});
