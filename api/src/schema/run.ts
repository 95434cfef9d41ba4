import { questionsOfRun, referenceOfRun } from '../analyses/kept-questions.ts';
import { builder } from '../builder.ts';
import { readLog } from '../jobs/log.ts';
import { reasonOf } from '../jobs/waiting.ts';
import type { Price } from '../limits/cost.ts';
import { cohort } from '../sql/measurements.ts';
import { LogLine } from './artifact.ts';
import { Method, RunState } from './enums.ts';
import { MetricsPage } from './metrics.ts';
import { CohortResult } from './network.ts';
import { liveProgress, RunProgress } from './run-parts.ts';

const job = { job: true } as const;

export const Run = builder.prismaNode('Run', {
  description: 'One training of one cohort under one method with one seed.',
  id: { field: 'id' },
  fields: (t) => ({
    experiment: t.relation('experiment', { nullable: true }),
    dataset: t.relation('dataset'),
    method: t.expose('method', { type: Method }),
    label: t.exposeString('label', {
      description:
        'What its group is called: `DML · resnet-8 ×2 · 300 epochs`. Says all that is not at its default: no two groups on one dataset bear the same label.',
    }),
    spec: t.expose('spec', { type: 'JSON', description: 'The normalised specification: RunSpecInput with every default filled in.' }),
    seed: t.exposeInt('seed'),
    groupKey: t.exposeString('groupKey', {
      description: 'Hash of the dataset and the spec without its seed. Runs of one group differ by seed alone.',
    }),
    state: t.field({ type: RunState, select: job, resolve: (run) => run.job?.state ?? 'FAILED' }),
    priority: t.int({ select: job, resolve: (run) => run.job?.priority ?? 0 }),
    execution: t.expose('execution', { type: 'JSON' }),
    questions: t.field({
      type: ['JSON'],
      description:
        'QuestionInput, every default filled in: analyses that are part of it, asked of its students as soon as it has succeeded.',
      resolve: ({ questions }) => questionsOfRun(questions),
    }),
    reference: t.string({
      nullable: true,
      description: 'The groupKey of what these questions hold its networks against, where they do; absent: the independent twin of each.',
      resolve: ({ questions }) => referenceOfRun(questions).groupKey,
    }),
    referenceNetwork: t.int({
      nullable: true,
      description: 'Which of its networks; absent: for each network the one at its place, or the first where it has fewer.',
      resolve: ({ questions }) => referenceOfRun(questions).network,
    }),
    note: t.exposeString('note'),
    tags: t.exposeStringList('tags'),
    archived: t.boolean({ resolve: ({ archivedAt }) => archivedAt !== null }),
    createdBy: t.exposeString('createdBy', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.field({ type: 'DateTime', nullable: true, select: job, resolve: (run) => run.job?.startedAt }),
    finishedAt: t.field({ type: 'DateTime', nullable: true, select: job, resolve: (run) => run.job?.finishedAt }),
    epochs: t.exposeInt('epochs', { description: 'Total epochs of the cohort.' }),
    epochsDone: t.exposeInt('epochsDone', { description: 'Epochs committed so far.' }),
    revision: t.exposeInt('revision', { description: 'Raised by every change; a cursor for the subscriptions.' }),
    progress: t.field({
      type: RunProgress,
      nullable: true,
      description: `Live progress of a RUNNING run, as of its trainer's last renewal.`,
      select: job,
      resolve: (run) => liveProgress(run.job?.progress ?? null, run.spec),
    }),
    queuePosition: t.int({
      nullable: true,
      description: 'Place in the queue (1 is next) of a QUEUED run.',
      select: job,
      resolve: async (run, _args, { loaders }) => (run.job?.state === 'QUEUED' ? (await loaders.queuePlace.load(run.id))?.position : null),
    }),
    reason: t.string({
      nullable: true,
      description: 'Why a QUEUED run cannot start with the trainers there are; why a BLOCKED one waits; why a FAILED one failed.',
      select: { job: true, teachers: { include: { teacherRun: { include: { job: true } } }, orderBy: { position: 'asc' } } },
      resolve: (run, _args, { loaders }) => reasonOf(run, () => loaders.queuePlace.load(run.id)),
    }),
    counts: t.boolean({
      description:
        'Whether it is the run of its group and seed that counts: of those that are not archived the one that has come furthest (succeeded, else running, queued, blocked), of several the last to have finished, else the last that was scheduled. A failed or cancelled run never counts.',
      resolve: async ({ id, groupKey }, _args, { loaders }) => (await loaders.countingRuns.load(groupKey)).some((run) => run.id === id),
    }),
    attempt: t.int({ select: job, resolve: (run) => run.job?.attempt ?? 0 }),
    attempts: t.prismaField({
      type: ['Attempt'],
      select: (_args, _context, nested) => ({ job: { include: { attempts: nested({ orderBy: { attempt: 'asc' } }) } } }),
      resolve: (_query, run) => run.job?.attempts ?? [],
    }),
    networks: t.relation('networks', { query: { orderBy: { index: 'asc' } } }),
    cohort: t.field({
      type: CohortResult,
      nullable: true,
      resolve: async (run, _args, { loaders }) => {
        if (run.ensembleValidationAccuracy !== null || run.ensembleTestAccuracy !== null) return run;
        const figures = await loaders.finalMeasurements().load(run.id);
        return figures.some(({ network }) => network === cohort) ? run : null;
      },
    }),
    teachers: t.relation('teachers', {
      description: `Networks of earlier runs that teach in this one, in the spec's order; those trained within the run are among its networks.`,
      query: { orderBy: { position: 'asc' } },
    }),
    metrics: t.field({
      type: MetricsPage,
      description: 'The first rows after a cursor, some 10,000; the page says from which revision to go on.',
      args: {
        after: t.arg.int({ required: true, defaultValue: 0 }),
        points: t.arg.int({
          description: 'Rows of so many epochs, evenly spread, the first and the last among them: enough to draw a curve.',
          directives: { range: { min: 1 } },
        }),
      },
      extensions: { price: { weight: 20 } satisfies Price },
      resolve: async ({ id, revision }, { after, points }, { loaders }) => {
        const page = await loaders.metrics({ after, points }).load(id);
        return page ?? { revision, removedAfterEpoch: null, epochs: [], cohort: [], more: false, figures: async () => [] };
      },
    }),
    log: t.field({
      type: [LogLine],
      description: 'Lines after a cursor, at most 2,000 and 1 MB; with `last`, the last ones of these.',
      extensions: { price: { weight: 100, length: ({ last }) => Math.min(Math.max(1, Number(last ?? 2000)), 2000) } satisfies Price },
      args: { after: t.arg.int({ required: true, defaultValue: 0 }), last: t.arg.int() },
      select: job,
      resolve: (run, { after, last }, { db }) => (run.job ? readLog(db, run.job.id, after, last) : []),
    }),
    artifacts: t.prismaField({
      type: ['JobArtifact'],
      select: (_args, _context, nested) => ({
        job: { include: { artifacts: nested({ orderBy: [{ kind: 'asc' }, { network: 'asc' }] }) } },
      }),
      resolve: (_query, run) => run.job?.artifacts ?? [],
    }),
    fingerprint: t.expose('fingerprint', {
      type: 'JSON',
      nullable: true,
      description: 'Engine, provider, threads, versions and CPU it ran on last.',
    }),
    mixedFingerprints: t.exposeBoolean('mixedFingerprints', {
      description: 'Set when it was resumed under another fingerprint: its numbers need not be bit-identical.',
    }),
    cancelRequested: t.boolean({ select: job, resolve: (run) => run.job?.cancelRequested ?? false }),
  }),
});

builder.prismaObjectField(Run, 'siblings', (t) =>
  t.prismaField({
    type: ['Run'],
    description: 'The same spec under other seeds, or again under the same; by seed.',
    resolve: async (query, { id, groupKey }, _args, { loaders }, info) => {
      const group = await loaders.runsOfGroup(info.fieldNodes, query).load(groupKey);
      return group.filter((run) => run.id !== id);
    },
  }),
);
