import type { AnalysisResult as Result } from '@studyhall/contract/analysis/result.ts';
import { builder } from '../builder.ts';
import { atOneMoment } from '../db.ts';
import { notFound } from '../errors.ts';
import type { Sharing } from '../events/fan-out.ts';
import { live } from '../events/live.ts';
import { explainWaiting } from '../jobs/waiting.ts';
import { AnalysisResult } from './analysis-result.ts';
import { AnalysisKind, RunState } from './enums.ts';
import { fresh } from './fresh.ts';
import { Run } from './run.ts';
import { liveProgress, RunProgress } from './run-parts.ts';

const job = { job: true } as const;

const AnalysedNetwork = builder.prismaObject('AnalysedNetwork', {
  description: 'A network that an analysis is about.',
  fields: (t) => ({
    run: t.relation('run', { nullable: true, description: 'Absent once it was deleted.' }),
    network: t.exposeInt('network', { description: 'Its index in the run.' }),
    label: t.exposeString('label', { description: 'Run, seed and model, for people.' }),
    reference: t.exposeBoolean('reference', { description: 'It is what the others are held against.' }),
  }),
});

/** Progress counts images: its rate is of images, too. */
const oneByOne = { training: { batchSize: 1 } };

export const Analysis = builder.prismaObject('Analysis', {
  description: 'A question about the weights of networks, and its answer.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.expose('kind', { type: AnalysisKind }),
    question: t.expose('question', { type: 'JSON', description: 'QuestionInput, every default filled in.' }),
    dataset: t.relation('dataset'),
    networks: t.field({
      type: [AnalysedNetwork],
      description: 'In the order in which they were named; a reference comes last.',
      select: { networks: { orderBy: { position: 'asc' } } },
      resolve: ({ networks }) => networks,
    }),
    state: t.field({ type: RunState, select: job, resolve: (analysis) => analysis.job?.state ?? 'FAILED' }),
    createdBy: t.exposeString('createdBy', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.field({ type: 'DateTime', nullable: true, select: job, resolve: (analysis) => analysis.job?.startedAt }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, select: job, resolve: (analysis) => analysis.job?.finishedAt }),
    cancelRequested: t.boolean({ select: job, resolve: (analysis) => analysis.job?.cancelRequested ?? false }),
    progress: t.field({
      type: RunProgress,
      nullable: true,
      description: 'How far it has come; its steps are images.',
      select: job,
      resolve: (analysis) => liveProgress(analysis.job?.progress ?? null, oneByOne),
    }),
    queuePosition: t.int({
      nullable: true,
      description: 'Place in the queue (1 is next) while it is QUEUED.',
      select: job,
      resolve: async ({ job: own }, _args, { loaders }) =>
        own?.state === 'QUEUED' ? (await loaders.queuePlaceOfJob.load(own.id))?.position : null,
    }),
    reason: t.string({
      nullable: true,
      description: 'Why it cannot start with the trainers there are; why it failed.',
      select: job,
      resolve: async ({ job: own }, _args, { loaders }) =>
        own?.state === 'QUEUED' ? explainWaiting(await loaders.queuePlaceOfJob.load(own.id)) : own?.reason,
    }),
    result: t.field({
      type: AnalysisResult,
      nullable: true,
      description: 'Absent until it has succeeded.',
      resolve: ({ result }) => result as unknown as Result | null,
    }),
  }),
});

builder.prismaObjectField('Run', 'analyses', (t) =>
  t.prismaField({
    type: ['Analysis'],
    description: 'Questions about its selected weights, newest first: also those that were asked of a run with the very same weights.',
    resolve: async (query, run, _args, { db, loaders }) => {
      const ids = await loaders.analysesOfRun.load(run.id);
      if (ids.length === 0) return [];
      return atOneMoment(db, (tx) =>
        tx.analysis.findMany({ ...query, where: { id: { in: ids } }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }] }),
      );
    },
  }),
);

builder.queryFields((t) => ({
  analysis: t.prismaField({
    authScopes: { viewer: true },
    type: 'Analysis',
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (query, _root, { id }, { db }) => atOneMoment(db, (tx) => tx.analysis.findUnique({ ...query, where: { id } })),
  }),
}));

builder.subscriptionFields((t) => ({
  runAnalyses: t.prismaField({
    authScopes: { viewer: true },
    type: Run,
    description: 'The run whenever one of its analyses is asked for or stands otherwise; once at the start. Ask it for `analyses`.',
    args: { id: t.arg.id({ required: true }) },
    extensions: { sharing: 'state' satisfies Sharing },
    subscribe: (_root, { id }, { hub }) => live(hub.listen(['analysis'], id), async () => id, { everyMs: 250 }),
    resolve: async (query, _id, { id }, context) => {
      fresh(context);
      const run = await atOneMoment(context.db, (tx) => tx.run.findUnique({ ...query, where: { id } }));
      if (!run) throw notFound('run', id);
      return run;
    },
  }),
}));
