import { builder } from '../builder.ts';

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
    views: t.field({ type: [DatasetView], resolve: ({ views }) => views as View[] }),
    classes: t.field({ type: [DatasetClass], resolve: ({ classes }) => classes as Class[] }),
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

builder.queryFields((t) => ({
  datasets: t.prismaField({
    type: ['Dataset'],
    description: 'All that trainers have announced; of one name, the one announced last comes first and is the one a spec means.',
    resolve: (query, _root, _args, { db }) => db.dataset.findMany({ ...query, orderBy: [{ name: 'asc' }, { announcedAt: 'desc' }] }),
  }),
}));
