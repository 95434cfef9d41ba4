import type { OverSeeds, SeedChart, SeedLine, SeedTable } from '@studyhall/contract/analysis/over-seeds.ts';
import { type AskedOverSeeds as Asked, askedOverSeeds } from '../analyses/over-seeds.ts';
import { builder } from '../builder.ts';
import { atOneMoment } from '../db.ts';
import type { Sharing } from '../events/fan-out.ts';
import { live, skip } from '../events/live.ts';
import type { Price } from '../limits/cost.ts';
import { areOfGroups } from '../sql/asked-of-groups.ts';
import { Analysis } from './analysis.ts';
import { AnalysisColumn, Chart } from './analysis-result.ts';
import { AnalysisKind } from './enums.ts';
import { fresh } from './fresh.ts';
import { Split } from './measure.ts';
import { RunCounts } from './run-parts.ts';

const group = 'Its groupKey.';

const Line = builder.objectRef<SeedLine>('SeedLine').implement({
  description: 'One network of one group: means over seeds, one for each x of its chart.',
  fields: (t) => ({
    group: t.exposeString('group', { description: group }),
    network: t.exposeInt('network', { nullable: true, description: 'Its index; absent where the line is of no one network.' }),
    split: t.field({ type: Split, nullable: true, resolve: ({ split }) => split }),
    label: t.exposeString('label'),
    mean: t.field({
      type: t.listRef('Float', { nullable: true }),
      description: 'Null where no seed has a value.',
      resolve: ({ values }) => values.map((value) => value?.mean ?? null),
    }),
    sd: t.field({
      type: t.listRef('Float', { nullable: true }),
      description: 'Sample standard deviation over seeds; null where fewer than two have a value.',
      resolve: ({ values }) => values.map((value) => value?.sd ?? null),
    }),
    n: t.intList({ description: 'Seeds that have a value.', resolve: ({ values }) => values.map((value) => value?.n ?? 0) }),
  }),
});

const ChartOverSeeds = builder.objectRef<SeedChart>('SeedChart').implement({
  interfaces: [Chart],
  fields: (t) => ({ lines: t.field({ type: [Line], resolve: ({ lines }) => [...lines] }) }),
});

const Row = builder.objectRef<SeedTable['rows'][number]>('SeedRow').implement({
  fields: (t) => ({
    group: t.exposeString('group', { description: group }),
    label: t.exposeString('label'),
    mean: t.field({
      type: t.listRef('Float', { nullable: true }),
      description: 'One for each column.',
      resolve: ({ values }) => values.map((value) => value?.mean ?? null),
    }),
    sd: t.field({ type: t.listRef('Float', { nullable: true }), resolve: ({ values }) => values.map((value) => value?.sd ?? null) }),
    n: t.intList({ description: 'Seeds that have a value.', resolve: ({ values }) => values.map((value) => value?.n ?? 0) }),
  }),
});

const Table = builder.objectRef<SeedTable>('SeedTable').implement({
  fields: (t) => ({
    key: t.exposeString('key'),
    title: t.exposeString('title'),
    columns: t.field({ type: [AnalysisColumn], resolve: ({ columns }) => [...columns] }),
    rows: t.field({ type: [Row], resolve: ({ rows }) => [...rows] }),
  }),
});

const parts = (over: OverSeeds) => ({ charts: [...over.charts], tables: [...over.tables], notes: [...over.notes] });

const AskedOverSeeds = builder.objectRef<Asked>('AskedOverSeeds').implement({
  description: 'One question, as it was asked of the seeds of groups, and what the answers say over seeds. Networks are never pooled.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.field({ type: AnalysisKind, resolve: ({ kind }) => kind }),
    question: t.field({ type: 'JSON', description: 'QuestionInput, every default filled in.', resolve: ({ question }) => question }),
    counts: t.field({ type: RunCounts, description: 'Of its analyses, by state.', resolve: ({ counts }) => counts }),
    charts: t.field({ type: [ChartOverSeeds], resolve: ({ over }) => parts(over).charts }),
    tables: t.field({ type: [Table], resolve: ({ over }) => parts(over).tables }),
    notes: t.stringList({ description: 'What all of its answers have to say beside them.', resolve: ({ over }) => parts(over).notes }),
    analyses: t.prismaField({
      type: [Analysis],
      description: 'Each by itself, newest first.',
      extensions: { price: { weight: 20, length: 30 } satisfies Price },
      resolve: async (query, { analysisIds }, _args, { db }) =>
        atOneMoment(db, (tx) =>
          tx.analysis.findMany({ ...query, where: { id: { in: [...analysisIds] } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }),
        ),
    }),
  }),
});

builder.queryFields((t) => ({
  askedOverSeeds: t.field({
    authScopes: { viewer: true },
    type: [AskedOverSeeds],
    description: 'What was asked of the networks of groups, by their groupKeys, newest first. At most 24 groups.',
    args: { groups: t.arg.stringList({ required: true }) },
    extensions: { price: { weight: 400, length: 8 } satisfies Price },
    resolve: (_root, { groups }, { db }) => askedOverSeeds(db, groups),
  }),
}));

builder.subscriptionFields((t) => ({
  askedOverSeedsChanged: t.field({
    authScopes: { viewer: true },
    type: [AskedOverSeeds],
    description:
      'What `askedOverSeeds` gives, once at the start and whenever an analysis of these groups was asked for or stands otherwise, or one of ' +
      'their runs came to count; at most once a second.',
    args: { groups: t.arg.stringList({ required: true }) },
    extensions: { sharing: 'state' satisfies Sharing, price: { weight: 400, length: 8 } satisfies Price },
    subscribe: (_root, { groups }, { db, hub }) =>
      live(
        hub.listen(['analysis', 'board']),
        async (changes) => (changes === 'all' || (await areOfGroups(db, [...changes], groups)) ? true : skip),
        { everyMs: 1000 },
      ),
    resolve: (_changed, { groups }, context) => {
      fresh(context);
      return askedOverSeeds(context.db, groups);
    },
  }),
}));
