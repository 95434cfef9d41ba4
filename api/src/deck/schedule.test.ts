import { systemBySlug } from '@studyhall/contract/deck/systems.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { cancelRuns } from '../runs/control.ts';
import { schedule, TestTrainer } from '../testing/fleet.ts';
import { useDatabase } from '../testing/rules-suite.ts';
import { useApi } from '../testing/suite.ts';
import { schedulePreset } from './schedule.ts';

type Run = { id: string; seed: number; state: string; groupKey: string; experiment: { slug: string } | null };
type Scheduled = { scheduled: Run[]; shared: Run[] };
const run = 'id seed state groupKey experiment { slug }';
const mutation = `mutation ($system: String!, $scale: DeckScale!) {
  scheduleDeckPreset(system: $system, scale: $scale) { scheduled { ${run} } shared { ${run} } } }`;

describe('scheduling a preset of the deck', () => {
  const suite = useApi({ LEASE_SECONDS: '60' });
  const rules = useDatabase({}, suite);
  let trainer: TestTrainer;
  beforeAll(async () => {
    trainer = await TestTrainer.join(rules.house);
  });
  const ask = async (slug: string) => {
    const { scheduled, shared } = await rules.inTransaction((tx) => schedulePreset(tx, { slug, scale: 'TINY' }, 'owner'));
    return { scheduled: await read(scheduled), shared: await read(shared) };
  };
  const read = (ids: readonly string[]) =>
    Promise.all(ids.map((id) => rules.db.run.findUniqueOrThrow({ where: { id }, include: { experiment: true } })));
  const presetOf = async (slug: string, fields: string) =>
    (await suite.api.get<{ deckSystem: { preset: never } }>(`{ deckSystem(slug: "${slug}") { preset(scale: TINY) { ${fields} } } }`))
      .deckSystem.preset;

  it('is for people who may write', async () => {
    expect(await suite.api.refusal(mutation, { system: 'mutual', scale: 'TINY' })).toMatchObject({
      extensions: { code: 'UNAUTHENTICATED' },
    });
    const asTrainer = await suite.api.refusal(mutation, { system: 'mutual', scale: 'TINY' }, suite.api.trainerToken);
    expect(asTrainer.extensions).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('shares what was scheduled already, by whomever, and stores each run once when two ask at once', async () => {
    const independent = systemBySlug('mutual')?.presets[0]?.groups[0];
    const [own] = await schedule(rules.house, independent?.spec ?? {}, [2]);
    const answers = await Promise.all([ask('mutual'), ask('mutual'), ask('mutual')]);
    const [first, ...others] = answers.sort((a, b) => b.scheduled.length - a.scheduled.length);
    expect(first?.shared.map(({ id }) => id)).toEqual([own]);
    expect(first?.scheduled.map(({ seed }) => seed)).toEqual([1, 1, 2, 3, 3]);
    expect(first?.scheduled.every(({ experiment }) => experiment?.slug === 'deck-mutual-tiny')).toBe(true);
    for (const other of others) expect([other.scheduled.length, other.shared.length]).toEqual([0, 6]);
    expect(await presetOf('mutual', 'runCount counts { total queued }')).toEqual({ runCount: 6, counts: { total: 6, queued: 6 } });
  });

  it('leaves no experiment where nothing was missing', async () => {
    const { scheduled, shared } = await ask('accuracy-curve');
    expect([scheduled.length, shared.length]).toEqual([0, 6]);
    expect(await rules.db.experiment.findUnique({ where: { slug: 'deck-accuracy-curve-tiny' } })).toBeNull();
  });

  it('repeats what was cancelled', async () => {
    const { shared } = await ask('mutual');
    const lost = shared.filter(({ seed }) => seed === 3).map(({ id }) => id);
    await rules.inTransaction((tx) => cancelRuns(tx, lost));
    const again = await ask('mutual');
    expect(again.scheduled.map(({ seed }) => seed)).toEqual([3, 3]);
    expect(again.shared.length).toBe(4);
  });

  it('lets a group of the preset teach another: of the same seed, blocked until it has succeeded', async () => {
    const variables = { system: 'baseline-kd', scale: 'TINY' };
    const { scheduleDeckPreset } = await suite.api.get<{ scheduleDeckPreset: Scheduled }>(mutation, variables, suite.api.key);
    const { scheduled } = scheduleDeckPreset;
    expect(scheduled.every(({ experiment }) => experiment?.slug === 'deck-baseline-kd-tiny')).toBe(true);
    const groups = await presetOf('baseline-kd', 'groups { key groupKey spec }');
    const keyOf = new Map(
      (groups as { groups: { key: string; groupKey: string; spec: never }[] }).groups.map((group) => [group.key, group]),
    );
    const teacher = keyOf.get('teacher');
    const students = scheduled.filter(({ groupKey }) => groupKey === keyOf.get('kd-t4')?.groupKey);
    expect(students.map(({ state }) => state)).toEqual(['BLOCKED', 'BLOCKED', 'BLOCKED']);
    expect(JSON.stringify(keyOf.get('kd-t4')?.spec)).toContain(teacher?.groupKey);
    expect(scheduled.filter(({ groupKey }) => groupKey === teacher?.groupKey).map(({ seed }) => seed)).toEqual([1, 2, 3]);
  });

  it('gives results and conclusions from the runs that succeeded', async () => {
    const accuracy: Record<string, number> = { INDEPENDENT: 0.5, MUTUAL: 0.54 };
    const mutual = new Set((await ask('mutual')).shared.map(({ id }) => id));
    for (let left = mutual.size; left > 0; ) {
      const claim = await trainer.claimOrFail();
      const method = Object.keys((claim.spec as unknown as { method: object }).method)[0]?.toUpperCase() ?? '';
      const value = (accuracy[method] ?? 0) + claim.seed / 100 + (method === 'MUTUAL' && claim.seed === 3 ? 0.01 : 0);
      await trainer.complete(
        claim,
        claim.spec.networks.map(() => value),
        claim.spec.networks.length > 1 ? value + 0.1 : undefined,
      );
      if (mutual.has(claim.runId)) left -= 1;
    }
    const preset = await presetOf(
      'mutual',
      `problem counts { succeeded } groups { key runs { id } results { network label testAccuracy { mean n } testGain { mean } runIds } }
       conclusions { sentence verdict metric difference { mean n } interval runIds }`,
    );
    // Differences 0.04, 0.04 and 0.05.
    const gain = { mean: expect.closeTo(0.13 / 3, 10) };
    expect(preset).toMatchObject({
      problem: null,
      counts: { succeeded: 6 },
      groups: [
        {
          key: 'independent',
          results: [{ network: 0, label: 'Network 0 · cnn' }, { network: 1 }, { network: null, label: 'Ensemble of 2' }],
        },
        { key: 'mutual', results: [{ network: 0, testGain: gain, runIds: { length: 3 } }, { testGain: gain }, { testGain: gain }] },
      ],
    });
    const [first] = (preset as { conclusions: object[] }).conclusions;
    expect(first).toMatchObject({ verdict: 'AGREES', metric: 'TEST_ACCURACY', difference: { ...gain, n: 3 }, runIds: { length: 6 } });
  });

  it('says what is missing or unknown', async () => {
    const { message } = await suite.api.refusal(mutation, { system: 'mutual', scale: 'SMALL' }, suite.api.key);
    expect(message).toBe(
      'No trainer has announced the dataset "fashion-mnist". npm run trainer -- data get fashion-mnist fetches it to a trainer\'s machine.',
    );
    const unknown = await suite.api.refusal(mutation, { system: 'mutal', scale: 'TINY' }, suite.api.key);
    expect(unknown.message).toContain('there are baseline-kd, ');
    const small =
      '{ deckSystem(slug: "mutual") { preset(scale: SMALL) { problem groups { groupKey results { network } } conclusions { verdict } } } }';
    expect(await suite.api.get(small)).toMatchObject({
      deckSystem: {
        preset: { problem: message, groups: [{ groupKey: null, results: [] }, {}], conclusions: [{ verdict: 'PENDING' }, {}, {}] },
      },
    });
  });

  it('refuses a dataset whose views do not fit, before anything is stored', async () => {
    const flat = { name: 'fashion-mnist', hash: `sha256:${'b'.repeat(64)}`, views: [{ name: 'image', shape: [784] }] };
    const classes = Array.from({ length: 10 }, (_, i) => ({ name: `${i}` }));
    await TestTrainer.join(rules.house, { datasets: [{ ...flat, classes, trainSize: 60_000, testSize: 10_000 }] });
    const { extensions, message } = await suite.api.refusal(mutation, { system: 'mutual', scale: 'SMALL' }, suite.api.key);
    expect(extensions).toMatchObject({ code: 'BAD_SPEC' });
    expect(message).toContain('independent.networks.0.model: cnn needs images');
    expect(await rules.db.experiment.findUnique({ where: { slug: 'deck-mutual-small' } })).toBeNull();
  });

  it('asks of seeds that are added what it asks of its own, of several groups together, too', async () => {
    await ask('embedding');
    const kept = async (ids: readonly string[]) =>
      (await rules.db.run.findMany({ where: { id: { in: [...ids] } } })).map(({ questions }) =>
        (questions as { together?: { networks: unknown[] } }[])
          .map((one) => (one.together ? one.together.networks.length : Object.keys(one)[0]))
          .sort(),
      );
    const asked = [4, 4, 'pairs'];
    const { addSeeds } = await suite.api.get<{ addSeeds: { scheduled: { id: string }[] } }>(
      'mutation { addSeeds(of: { preset: { system: "embedding", scale: TINY } }, count: 1) { scheduled { id } } }',
      {},
      suite.api.key,
    );
    expect(addSeeds.scheduled).toHaveLength(2);
    for (const questions of await kept(addSeeds.scheduled.map(({ id }) => id))) expect(questions).toEqual(asked);
  });
});
