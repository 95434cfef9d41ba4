import { builder } from '../builder.ts';
import type { Price } from '../limits/cost.ts';
import { findGroup, findGroupsOfExperiment, findTwinGroup, type Group as RunsOfOneSpec } from '../runs/group.ts';
import { Dataset } from './dataset.ts';
import { Method } from './enums.ts';
import { LeaderboardRow } from './leaderboard-row.ts';

export const Group = builder.objectRef<RunsOfOneSpec>('Group').implement({
  description: 'Runs that differ by seed alone.',
  fields: (t) => ({
    id: t.id({ resolve: ({ groupKey }) => `group_${groupKey}` }),
    groupKey: t.exposeString('groupKey'),
    label: t.string({ resolve: ({ latest }) => latest.label }),
    method: t.field({ type: Method, resolve: ({ latest }) => latest.method }),
    dataset: t.field({
      type: Dataset,
      resolve: ({ latest }, _args, { db }) => db.dataset.findUniqueOrThrow({ where: { id: latest.datasetId } }),
    }),
    spec: t.field({ type: 'JSON', description: 'The specification that its runs share.', resolve: ({ latest }) => latest.spec }),
    execution: t.field({ type: 'JSON', description: 'That of its latest run.', resolve: ({ latest }) => latest.execution }),
    teachers: t.prismaField({
      type: ['RunTeacher'],
      description: "Networks of earlier runs that teach in its latest run, in the spec's order.",
      resolve: (query, { latest }, _args, { db }) =>
        db.runTeacher.findMany({ ...query, where: { runId: latest.id }, orderBy: { position: 'asc' } }),
    }),
    rows: t.field({
      type: [LeaderboardRow],
      description: 'Its networks, teachers trained within the runs among them, and its ensemble, as the leaderboard has them.',
      extensions: { price: { weight: 200 } satisfies Price },
      resolve: ({ groupKey }, _args, { loaders }) => loaders.boardOfGroup.load(groupKey),
    }),
    runs: t.prismaField({
      type: ['Run'],
      description: 'All that are not archived, by seed.',
      extensions: { price: { weight: 20, length: 50 } satisfies Price },
      resolve: (query, { groupKey }, _args, { loaders }, info) => loaders.runsOfGroup(info.fieldNodes, query).load(groupKey),
    }),
    archivedCount: t.int({
      description: 'Runs of it that are archived.',
      resolve: ({ groupKey }, _args, { db }) => db.run.count({ where: { groupKey, archivedAt: { not: null } } }),
    }),
    experiments: t.prismaField({
      type: ['Experiment'],
      description: 'That its runs are in, archived ones left out.',
      resolve: (query, { groupKey }, _args, { db }) =>
        db.experiment.findMany({
          ...query,
          where: { archivedAt: null, runs: { some: { groupKey, archivedAt: null } } },
          orderBy: { id: 'desc' },
        }),
    }),
  }),
});

builder.objectField(Group, 'twin', (t) =>
  t.field({
    type: Group,
    nullable: true,
    description:
      'The same networks on the same data and training, each learning alone: what its gain is held against. Absent for such a group itself, and while it has no runs.',
    resolve: (group, _args, { db }) => findTwinGroup(db, group),
  }),
);

builder.prismaObjectField('Experiment', 'groups', (t) =>
  t.field({
    type: [Group],
    description: 'Groups that its runs are of, as far as they are not archived, by label; at most 200.',
    extensions: { price: { weight: 100, length: 20 } satisfies Price },
    resolve: ({ id }, _args, { db }) => findGroupsOfExperiment(db, id),
  }),
);

builder.queryFields((t) => ({
  group: t.field({
    authScopes: { viewer: true },
    type: Group,
    nullable: true,
    description: 'A group of runs by its key; absent if there is no run of it.',
    args: { key: t.arg.string({ required: true }) },
    resolve: (_root, { key }, { db }) => findGroup(db, key),
  }),
}));
