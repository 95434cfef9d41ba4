import type { Metric, Scale } from '@studyhall/contract/deck/system.ts';
import { studentInterval } from '@studyhall/contract/statistics/student-interval.ts';
import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { type Tx, transact } from '../db.ts';
import { askOfAdded, findResolvedPreset } from '../deck/schedule.ts';
import { findPresetSides } from '../deck/sides.ts';
import { badInput } from '../errors.ts';
import { type Expectation, expectRows } from '../leaderboard/expect.ts';
import type { Price } from '../limits/cost.ts';
import { addSeeds } from '../runs/seeds/add.ts';
import type { LeftOutSeed } from '../runs/seeds/choose.ts';
import { estimateTime, type TimeEstimate } from '../runs/seeds/estimate-time.ts';
import { findExperimentSides } from '../runs/seeds/of-experiment.ts';
import { type PlannedRuns, planSeeds, type SeedsPlan } from '../runs/seeds/plan.ts';
import { findSides, type Side } from '../runs/seeds/side.ts';
import { concludePreset } from './deck.ts';
import { DeckMetric, DeckScale } from './deck-definitions.ts';
import { Statistic } from './statistic.ts';

const PresetRef = builder.inputType('PresetRef', {
  description: 'A system of the deck at one scale.',
  fields: (t) => ({ system: t.string({ required: true }), scale: t.field({ type: DeckScale, required: true }) }),
});

const SeedsOf = builder.inputType('SeedsOf', {
  isOneOf: true,
  description: 'What is to become surer.',
  fields: (t) => ({
    groupKey: t.string({ description: 'A group.' }),
    experimentId: t.id({ description: 'All groups of an experiment.' }),
    preset: t.field({ type: PresetRef, description: 'All groups of a preset of the deck, which are held against each other.' }),
  }),
});

const SeedsRole = builder.enumType('SeedsRole', {
  values: {
    GROUP: { description: 'It was asked for.' },
    TWIN: { description: 'The independent networks that its gain is held against.' },
    TEACHER: { description: 'Its runs teach at the same seed.' },
  } as const,
});

type Asked = { groupKey?: string | null; experimentId?: string | null; preset?: { system: string; scale: Scale } | null };

/** The groups in question. @param person stores what they need; null: nothing is stored. */
function sidesOf({ groupKey, experimentId, preset }: Asked, withTwins: boolean, person: string | null) {
  return async (tx: Tx): Promise<Side[]> => {
    if (groupKey != null) return findSides(tx, [groupKey], withTwins);
    if (experimentId != null) return findExperimentSides(tx, experimentId, withTwins);
    if (preset != null) return findPresetSides(tx, preset.system, preset.scale, person);
    throw badInput('of names nothing: give a groupKey, an experimentId or a preset.');
  };
}

const PlannedSeeds = builder.objectRef<PlannedRuns>('PlannedSeeds').implement({
  description: 'Runs of one group.',
  fields: (t) => ({
    groupKey: t.string({ resolve: ({ side }) => side.groupKey }),
    label: t.string({ resolve: ({ side }) => side.label }),
    role: t.field({ type: SeedsRole, resolve: ({ side }) => side.role }),
    seeds: t.exposeIntList('seeds'),
  }),
});

const LeftOut = builder.objectRef<LeftOutSeed>('LeftOutSeed').implement({
  description: 'A seed that was passed over, with the reason.',
  fields: (t) => ({ seed: t.exposeInt('seed'), reason: t.exposeString('reason') }),
});

type Expected = Omit<Expectation, 'metric'> & { metric: Metric };

const ExpectedFigure = builder.objectRef<Expected>('ExpectedFigure').implement({
  description: 'A figure that is compared: as it is, and how sure it will be.',
  fields: (t) => ({
    of: t.exposeString('of', { description: 'Whose it is.' }),
    metric: t.expose('metric', { type: DeckMetric }),
    difference: t.boolean({ description: 'A gain or a difference, paired by seed; else the figure itself.', resolve: ({ gain }) => gain }),
    now: t.expose('now', { type: Statistic, nullable: true }),
    n: t.exposeInt('n', { description: 'Seeds that it will be over.' }),
    interval: t.exposeFloat('interval', {
      nullable: true,
      description: 'Half the width of the 95 % interval to expect, t · sd / √n with the present sd; absent while that is not known.',
    }),
  }),
});

type Plan = SeedsPlan & { asked: Asked; time: TimeEstimate; sides: Side[] };

const SeedsPlanRef = builder.objectRef<Plan>('SeedsPlan').implement({
  fields: (t) => ({
    seeds: t.exposeIntList('seeds', { description: 'Those that all sides have afterwards.' }),
    runs: t.expose('runs', { type: [PlannedSeeds] }),
    runCount: t.int({ resolve: ({ runs }) => runs.reduce((sum, { seeds }) => sum + seeds.length, 0) }),
    leftOut: t.expose('leftOut', { type: [LeftOut] }),
    seconds: t.float({
      nullable: true,
      description: 'How long they take on the trainers that are there, by what runs of these groups took; absent where none was measured.',
      resolve: ({ time }) => time.seconds,
    }),
    slots: t.int({ description: 'Runs that these trainers do at once.', resolve: ({ time }) => time.slots }),
    ahead: t.int({ description: 'Runs that are queued before them.', resolve: ({ time }) => time.ahead }),
    expected: t.field({
      type: [ExpectedFigure],
      description: 'What is compared: gains over the independent twin, or the conclusions of the preset.',
      resolve: (plan, _args, context) =>
        plan.asked.preset ? expectConclusions(plan, plan.asked.preset, context) : expectGains(plan, context),
    }),
  }),
});

async function expectGains({ sides, after }: Plan, { loaders }: Context): Promise<Expected[]> {
  const groups = sides.filter(({ role }) => role === 'GROUP');
  const rows = await Promise.all(groups.map(({ groupKey }) => loaders.boardOfGroup.load(groupKey)));
  return groups.flatMap(({ groupKey, twinKey }, place) =>
    expectRows(rows[place] ?? [], after.get(groupKey) ?? new Set(), twinKey === null ? undefined : after.get(twinKey)),
  );
}

async function expectConclusions(
  { after }: Plan,
  { system, scale }: { system: string; scale: Scale },
  context: Context,
): Promise<Expected[]> {
  const { preset, groups } = await findResolvedPreset(context.db, system, scale);
  const seedsAt = (key: string) => after.get(groups.find((group) => group.key === key)?.groupKey ?? '') ?? new Set();
  return (await concludePreset(preset, groups, context)).map(({ contrast: { of, against, metric }, difference }) => {
    const n = [...seedsAt(of.group)].filter((seed) => seedsAt(against.group).has(seed)).length;
    const name = `${of.name} against ${against.name}`.replace(/, against/, ' against');
    return { of: name, metric, gain: true, now: difference, n, interval: studentInterval(difference?.sd ?? null, n) };
  });
}

async function withTime(tx: Tx, plan: SeedsPlan, asked: Asked, sides: Side[]): Promise<Plan> {
  const compared = sides.map(({ groupKey }) => groupKey);
  return { ...plan, asked, sides, time: await estimateTime(tx, plan.runs, compared) };
}

const AddedSeeds = builder.objectRef<{ plan: Plan; scheduled: string[] }>('AddedSeeds').implement({
  fields: (t) => ({
    plan: t.expose('plan', { type: SeedsPlanRef }),
    scheduled: t.prismaField({
      type: ['Run'],
      description: 'In the order in which they will be claimed.',
      resolve: async (query, { scheduled }, _args, { db }) => {
        const runs = await db.run.findMany({ ...query, where: { id: { in: scheduled } } });
        return scheduled.flatMap((id) => runs.find((run) => run.id === id) ?? []);
      },
    }),
  }),
});

builder.queryFields((t) => ({
  seedsPlan: t.field({
    authScopes: { viewer: true },
    type: SeedsPlanRef,
    description: 'What `addSeeds` would schedule now, how long that takes and what it would tell; stores nothing.',
    extensions: { price: { weight: 500 } satisfies Price },
    args: {
      of: t.arg({ type: SeedsOf, required: true }),
      count: t.arg.int({ required: true }),
      withTwins: t.arg.boolean({ required: true, defaultValue: true }),
    },
    resolve: async (_root, { of, count, withTwins }, { db }) => {
      const sides = await sidesOf(of, withTwins, null)(db);
      return withTime(db, await planSeeds(db, sides, count), of, sides);
    },
  }),
}));

builder.mutationFields((t) => ({
  addSeeds: t.field({
    authScopes: { member: true },
    type: AddedSeeds,
    description:
      'Schedules the next seeds of a group and of the independent twin that its gain is held against, or of all groups of an experiment or a ' +
      'preset: the same ones on all sides. What a side has already is not repeated; a teacher that is the run of a group with the same seed is scheduled with it.',
    args: {
      of: t.arg({ type: SeedsOf, required: true }),
      count: t.arg.int({ required: true }),
      withTwins: t.arg.boolean({ required: true, defaultValue: true }),
    },
    resolve: async (_root, { of, count, withTwins }, { db, caller }) => {
      const { name: person } = personOf(caller);
      return transact(db, async (tx) => {
        const { plan, sides, scheduled } = await addSeeds(tx, sidesOf(of, withTwins, person), count, person);
        if (of.preset) await askOfAdded(tx, of.preset, scheduled, person);
        return { plan: await withTime(tx, plan, of, sides), scheduled };
      });
    },
  }),
}));
