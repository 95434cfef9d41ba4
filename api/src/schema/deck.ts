import type { Question } from '@studyhall/contract/analysis/kinds.ts';
import { kindOf } from '@studyhall/contract/analysis/question.ts';
import { questionsOf } from '@studyhall/contract/deck/questions.ts';
import type { ResolvedGroup, ResolvedPreset } from '@studyhall/contract/deck/resolve.ts';
import type { Group, Metric, Preset, Side, System } from '@studyhall/contract/deck/system.ts';
import { systemBySlug, systems } from '@studyhall/contract/deck/systems.ts';
import { deckFigures } from '@studyhall/contract/measures/deck-figures.ts';
import { methodNameOf } from '@studyhall/contract/spec/method.ts';
import type { RunSpec } from '@studyhall/contract/spec/run-spec.ts';
import { conclude } from '@studyhall/contract/statistics/conclude.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { atOneMoment } from '../db.ts';
import { resolvePreset } from '../deck/resolve.ts';
import { notAnnounced } from '../deck/schedule.ts';
import { seedFigures } from '../leaderboard/row-figures.ts';
import { type RunCounts as Counts, sumStates } from '../loaders.ts';
import { DeckFigure, DeckMetric, DeckPlot, DeckReference, DeckScale } from './deck-definitions.ts';
import { DeckConclusion, DeckResult } from './deck-results.ts';
import { Method } from './enums.ts';
import { RunCounts } from './run-parts.ts';

/** Of a preset's answers, at most. */
const mostAnalyses = 60;

type PresetOf = { system: System; preset: Preset };
type GroupOf = Group & { groupKey: string | null };

/** The preset on its dataset as it was announced last; null while it has not been. */
async function resolved({ preset }: PresetOf, { loaders }: Context): Promise<ResolvedPreset | null> {
  const dataset = await loaders.datasetNamed.load(preset.dataset);
  return dataset ? resolvePreset(preset, dataset) : null;
}

/** What our runs say of each of a preset's contrasts. */
export async function concludePreset(preset: Preset, groups: readonly ResolvedGroup[], { loaders }: Context) {
  const figuresAt = async ({ group, network }: Side, metric: Metric) => {
    const groupKey = groups.find(({ key }) => key === group)?.groupKey;
    const row = groupKey && (await loaders.boardOfGroup.load(groupKey)).find(({ index }) => index === network);
    return row ? seedFigures(row.points, deckFigures[metric], loaders.finalMeasurements) : [];
  };
  return Promise.all(
    preset.contrasts.map(async (contrast) => {
      const { of, against, metric } = contrast;
      const planned = preset.groups.find(({ key }) => key === of.group)?.seeds.length ?? 0;
      return conclude(
        contrast,
        planned,
        ...(await Promise.all([figuresAt(of, metric), figuresAt(against, contrast.againstMetric ?? metric)])),
      );
    }),
  );
}

export const DeckGroup = builder.objectRef<GroupOf>('DeckGroup').implement({
  description: 'Runs of a preset that differ by seed alone.',
  fields: (t) => ({
    key: t.exposeString('key'),
    title: t.exposeString('title'),
    spec: t.expose('spec', {
      type: 'JSON',
      description: 'RunSpecInput, defaults left out; a teacher of the same preset named by its groupKey.',
    }),
    method: t.field({ type: Method, resolve: ({ spec }) => methodNameOf(spec as Pick<RunSpec, 'method'>) }),
    seeds: t.intList({ description: 'That the preset asks for.', resolve: ({ seeds }) => [...seeds] }),
    x: t.exposeFloat('x', { nullable: true, description: "Its place on the plot's axis." }),
    series: t.exposeString('series', { nullable: true, description: 'The line or colour it belongs to.' }),
    groupKey: t.exposeString('groupKey', { nullable: true, description: 'Absent while the dataset has not been announced.' }),
    runs: t.prismaField({
      type: ['Run'],
      description: 'All of its runs, whoever scheduled them, by seed.',
      resolve: (query, { groupKey }, _args, { loaders }, info) =>
        groupKey ? loaders.runsOfGroup(info.fieldNodes, query).load(groupKey) : [],
    }),
    results: t.field({
      type: [DeckResult],
      description: 'Its networks by index, then the ensemble. Empty until it has a run.',
      resolve: async ({ groupKey }, _args, { loaders }) => {
        const rows = groupKey ? await loaders.boardOfGroup.load(groupKey) : [];
        return [...rows].sort((a, b) => (a.index ?? Number.POSITIVE_INFINITY) - (b.index ?? Number.POSITIVE_INFINITY));
      },
    }),
  }),
});

export const DeckPreset = builder.objectRef<PresetOf>('DeckPreset').implement({
  description: 'A system at one scale: groups of runs, and what they are compared for.',
  fields: (t) => ({
    id: t.id({ resolve: ({ system, preset }) => `deck_${system.slug}_${preset.scale.toLowerCase()}` }),
    scale: t.field({ type: DeckScale, resolve: ({ preset }) => preset.scale }),
    name: t.string({
      description: 'As `npm run trainer -- run --preset NAME --scale SCALE` takes it.',
      resolve: ({ system }) => system.slug,
    }),
    dataset: t.string({ resolve: ({ preset }) => preset.dataset }),
    duration: t.string({ description: 'In words.', resolve: ({ preset }) => preset.duration }),
    problem: t.string({
      nullable: true,
      description: 'Why it cannot be scheduled here and now; absent if it can.',
      resolve: async (node, _args, context) => {
        const result = await resolved(node, context);
        if (!result) return notAnnounced(node.preset.dataset);
        return result.problems.length > 0 ? result.problems.map(({ path, message }) => `${path} ${message}`).join('\n') : null;
      },
    }),
    groups: t.field({
      type: [DeckGroup],
      resolve: async (node, _args, context): Promise<GroupOf[]> => {
        const result = await resolved(node, context);
        return (result?.groups ?? node.preset.groups).map((group) => ({ groupKey: null, ...group }));
      },
    }),
    plot: t.field({ type: DeckPlot, resolve: ({ preset }) => preset.plot }),
    curves: t.field({
      type: [DeckMetric],
      description: 'What is drawn over epochs beside it.',
      resolve: ({ preset }) => [...preset.curves],
    }),
    conclusions: t.field({
      type: [DeckConclusion],
      resolve: async (node, _args, context) => concludePreset(node.preset, (await resolved(node, context))?.groups ?? [], context),
    }),
    questions: t.field({
      type: ['JSON'],
      description: 'QuestionInput, every default filled in: what is asked of each of its runs, or of several groups at once.',
      resolve: ({ preset }) => questionsOf(preset),
    }),
    analyses: t.prismaField({
      type: ['Analysis'],
      description: 'What was asked of several of its groups at once, newest first: of each seed.',
      resolve: async (query, node, _args, context) => {
        const { together } = node.preset;
        const groups = (await resolved(node, context))?.groups ?? [];
        if (together.length === 0 || groups.length === 0) return [];
        const runs = await Promise.all(groups.map(({ groupKey }) => context.loaders.countingRuns.load(groupKey)));
        const ids = runs.flat().map(({ id }) => id);
        const kinds = together.map(({ question }) => kindOf(question as Question));
        const where = {
          kind: { in: kinds },
          networks: { every: { runId: { in: ids } } },
          // Of one run alone somebody else has asked.
          AND: [...new Set(together.flatMap(({ networks }) => networks.map(({ group }) => group)))].map((key) => ({
            networks: { some: { run: { groupKey: groups.find((group) => group.key === key)?.groupKey ?? '' } } },
          })),
        };
        const newestFirst = [{ createdAt: 'desc' as const }, { id: 'desc' as const }];
        return atOneMoment(context.db, (tx) => tx.analysis.findMany({ ...query, where, orderBy: newestFirst, take: mostAnalyses }));
      },
    }),
    runCount: t.int({
      description: 'Runs it is made of: a seed of a group each.',
      resolve: ({ preset }) => preset.groups.reduce((sum, { seeds }) => sum + seeds.length, 0),
    }),
    counts: t.field({
      type: RunCounts,
      description: 'Of these, the ones that exist, by state; failed and cancelled ones have to be scheduled again and do not count.',
      resolve: async (node, _args, context): Promise<Counts> => {
        const groups = (await resolved(node, context))?.groups ?? [];
        const runs = await Promise.all(
          groups.map(async ({ groupKey, seeds }) =>
            (await context.loaders.countingRuns.load(groupKey)).filter(({ seed }) => seeds.includes(seed)),
          ),
        );
        return sumStates(runs.flat().map(({ state }) => ({ state, count: 1 })));
      },
    }),
  }),
});

export const DeckSystem = builder.objectRef<System>('DeckSystem').implement({
  description: 'One system of the deck: a row of its table.',
  fields: (t) => ({
    id: t.id({ resolve: ({ slug }) => `deck_${slug}` }),
    row: t.exposeInt('row'),
    slug: t.exposeString('slug'),
    title: t.exposeString('title'),
    claim: t.exposeString('claim', { description: 'What the slide claims.' }),
    summary: t.exposeString('summary', { description: 'What it is, exactly.' }),
    formula: t.exposeString('formula', { description: 'TeX.' }),
    figure: t.expose('figure', { type: DeckFigure }),
    notes: t.stringList({ description: 'What is known, and must be said beside any result.', resolve: ({ notes }) => [...notes] }),
    references: t.field({ type: [DeckReference], resolve: ({ references }) => [...references] }),
    presets: t.field({ type: [DeckPreset], resolve: (system) => system.presets.map((preset) => ({ system, preset })) }),
    preset: t.field({
      type: DeckPreset,
      args: { scale: t.arg({ type: DeckScale, required: true }) },
      resolve: (system, { scale }) => {
        const preset = system.presets.find((candidate) => candidate.scale === scale);
        if (!preset) throw new Error(`System ${system.slug} has no preset at scale ${scale}.`);
        return { system, preset };
      },
    }),
  }),
});

builder.queryFields((t) => ({
  deckSystems: t.field({
    authScopes: { viewer: true },
    type: [DeckSystem],
    description: "The deck's systems, by row.",
    resolve: () => [...systems],
  }),
  deckSystem: t.field({
    authScopes: { viewer: true },
    type: DeckSystem,
    nullable: true,
    args: { slug: t.arg.string({ required: true }) },
    resolve: (_root, { slug }) => systemBySlug(slug),
  }),
}));
