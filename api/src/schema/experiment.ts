import { personOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import { createExperiment, updateExperiment } from '../runs/experiment.ts';
import { idCursor } from './cursor.ts';
import { noteBounds, seen } from './note-bounds.ts';
import { readPageArgs, toConnection } from './paging.ts';
import { RunCounts } from './run-parts.ts';

export const Experiment = builder.prismaNode('Experiment', {
  description: 'A question, with the runs that answer it.',
  id: { field: 'id' },
  fields: (t) => ({
    slug: t.exposeString('slug'),
    title: t.exposeString('title'),
    note: t.exposeString('note'),
    createdBy: t.exposeString('createdBy', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    archived: t.boolean({ resolve: ({ archivedAt }) => archivedAt !== null }),
    counts: t.field({
      type: RunCounts,
      description: 'Of its runs that are not archived.',
      resolve: ({ id }, _args, { loaders }) => loaders.experimentCounts.load(id),
    }),
    archivedRuns: t.int({
      description: 'How many of its runs are archived.',
      resolve: ({ id }, _args, { loaders }) => loaders.archivedRuns.load(id),
    }),
  }),
});

const ExperimentConnection = builder.connectionObject(
  { type: Experiment, name: 'ExperimentConnection', fields: (t) => ({ totalCount: t.exposeInt('totalCount') }) },
  { name: 'ExperimentEdge' },
);

builder.queryFields((t) => ({
  experiments: t.connection(
    {
      authScopes: { viewer: true },
      type: Experiment,
      description: 'Newest first.',
      args: { archived: t.arg.boolean({ required: true, defaultValue: false }), search: t.arg.string() },
      resolve: async (_root, { archived, search, ...args }, { db }) => {
        const page = readPageArgs(args, idCursor('the experiments', 'exp'));
        const match = { contains: search ?? '', mode: 'insensitive' as const };
        const where = {
          archivedAt: archived ? { not: null } : null,
          ...(search ? { OR: [{ title: match }, { slug: match }, { note: match }] } : {}),
        };
        const order = page.backward ? 'asc' : 'desc';
        const [rows, total] = await Promise.all([
          db.experiment.findMany({
            where: { ...where, ...(page.cursor === undefined ? {} : { id: { [page.backward ? 'gt' : 'lt']: page.cursor } }) },
            orderBy: { id: order },
            take: page.limit + 1,
          }),
          db.experiment.count({ where }),
        ]);
        return toConnection(
          rows,
          page,
          total,
          ({ id }) => id,
          (row) => row,
        );
      },
    },
    ExperimentConnection,
  ),
  experiment: t.prismaField({
    authScopes: { viewer: true },
    type: 'Experiment',
    nullable: true,
    description: 'By id or slug.',
    args: { id: t.arg.id(), slug: t.arg.string() },
    resolve: (query, _root, { id, slug }, { db }) => {
      if (id != null) return db.experiment.findUnique({ ...query, where: { id } });
      return slug != null ? db.experiment.findUnique({ ...query, where: { slug } }) : null;
    },
  }),
}));

const ExperimentTexts = builder.inputType('ExperimentTexts', {
  fields: (t) => ({ title: t.string(), note: t.string(noteBounds) }),
});

builder.mutationFields((t) => ({
  createExperiment: t.prismaField({
    authScopes: { member: true },
    type: 'Experiment',
    args: {
      title: t.arg.string({ required: true }),
      slug: t.arg.string(),
      note: t.arg.string({ required: true, defaultValue: '', ...noteBounds }),
    },
    resolve: async (query, _root, args, { db, caller }) => {
      const { name: createdBy } = personOf(caller);
      const id = await transact(db, (tx) => createExperiment(tx, { ...args, createdBy }));
      return db.experiment.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
  updateExperiment: t.prismaField({
    authScopes: { member: true },
    type: 'Experiment',
    description: 'What is absent stays.',
    args: {
      id: t.arg.id({ required: true }),
      title: t.arg.string(),
      note: t.arg.string(noteBounds),
      archived: t.arg.boolean(),
      before: t.arg({ type: ExperimentTexts, description: seen }),
    },
    resolve: async (query, _root, { id, before, ...changes }, { db }) => {
      await transact(db, (tx) => updateExperiment(tx, id, changes, before ?? {}));
      return db.experiment.findUniqueOrThrow({ ...query, where: { id } });
    },
  }),
}));
