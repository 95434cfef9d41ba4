import { written } from '@studyhall/contract/settings/written.ts';
import { builder } from '../builder.ts';
import { badInput, notFound } from '../errors.ts';
import type { Price } from '../limits/cost.ts';
import { maxPage } from '../limits/page-size.ts';

type View = { name: string; shape: number[] };
type Class = { name: string; superclass?: string | null };

export const DatasetView = builder.objectRef<View>('DatasetView').implement({
  fields: (t) => ({
    name: t.exposeString('name'),
    shape: t.exposeIntList('shape', { description: 'Height, width, channels; or time steps, channels.' }),
  }),
});

export const DatasetClass = builder.objectRef<Class>('DatasetClass').implement({
  fields: (t) => ({ name: t.exposeString('name'), superclass: t.exposeString('superclass', { nullable: true }) }),
});

export const Dataset = builder.prismaNode('Dataset', {
  description: 'Data as a trainer announced it; equal hash, equal bytes.',
  id: { field: 'id' },
  fields: (t) => ({
    name: t.exposeString('name'),
    hash: t.exposeString('hash', { description: 'SHA-256 over the content: `sha256:…`.' }),
    views: t.field({
      type: [DatasetView],
      extensions: { price: { length: 3 } satisfies Price },
      resolve: ({ views }) => views as View[],
    }),
    classes: t.field({
      type: [DatasetClass],
      extensions: { price: { length: 100 } satisfies Price },
      resolve: ({ classes }) => classes as Class[],
    }),
    classCount: t.int({ resolve: ({ classes }) => (classes as Class[]).length }),
    trainSize: t.exposeInt('trainSize', { description: 'Size of the official training split, before validation is taken from it.' }),
    testSize: t.exposeInt('testSize'),
    trainers: t.prismaField({
      type: ['Trainer'],
      description: 'Trainers that hold it now.',
      select: (_args, _context, nested) => ({
        trainers: { where: { trainer: { left: false } }, select: { trainer: nested(true) }, orderBy: { trainer: { registeredAt: 'asc' } } },
      }),
      resolve: (_query, dataset) => dataset.trainers.map(({ trainer }) => trainer),
    }),
    runCount: t.int({ resolve: ({ id }, _args, { loaders }) => loaders.datasetRuns.load(id) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

/** Datasets that one question gives: as many as a fleet is likely to have. */
const most = 500;

builder.queryFields((t) => ({
  datasets: t.prismaField({
    authScopes: { viewer: true },
    type: ['Dataset'],
    description:
      'What trainers have announced, by name; of one name, the one announced last comes first and is the one a spec means. ' +
      'At most 500 at a time: ask again after the last one.',
    args: {
      first: t.arg.int({ required: true, defaultValue: maxPage }),
      after: t.arg.id({ description: 'A dataset, after which to go on.' }),
    },
    resolve: async (query, _root, { first, after }, { db }) => {
      if (first < 0 || first > most) throw badInput(`first is ${written(first)}; it has to be from 0 to ${written(most)}.`);
      if (after != null && !(await db.dataset.findUnique({ where: { id: after }, select: { id: true } }))) throw notFound('dataset', after);
      const orderBy = [{ name: 'asc' as const }, { announcedAt: 'desc' as const }, { id: 'asc' as const }];
      if (after == null) return db.dataset.findMany({ ...query, take: first, orderBy });
      return db.dataset.findMany({ ...query, cursor: { id: after }, skip: 1, take: first, orderBy });
    },
  }),
}));
