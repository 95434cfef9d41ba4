import { requireTrainer } from '../access/viewer.ts';
import { builder } from '../builder.ts';
import { transact } from '../db.ts';
import { leaveFleet } from '../trainers/leave.ts';
import type { LeftOut } from '../trainers/offer-datasets.ts';
import { registerTrainer } from '../trainers/register.ts';
import { TrainerState } from './enums.ts';
import { RegisterTrainerInput } from './trainer-inputs.ts';

type Benchmark = { engine: string; model: string; batchSize: number; stepMs: number; compileMs: number; measuredAt: string };

export const TrainerBenchmark = builder.objectRef<Benchmark>('TrainerBenchmark').implement({
  description: 'What one engine of a trainer reached on one network: batches of 32 × 32 pictures, forward, backward and update.',
  fields: (t) => ({
    engine: t.exposeString('engine'),
    model: t.exposeString('model'),
    batchSize: t.exposeInt('batchSize'),
    stepMs: t.exposeFloat('stepMs', { description: 'Median milliseconds of a training step.' }),
    imagesPerSecond: t.float({ nullable: true, resolve: ({ batchSize, stepMs }) => finite((batchSize / stepMs) * 1000) }),
    compileMs: t.exposeFloat('compileMs'),
    measuredAt: t.field({ type: 'DateTime', resolve: ({ measuredAt }) => new Date(measuredAt) }),
  }),
});

/** What is computed from reported numbers and is none is not told. */
const finite = (value: number) => (Number.isFinite(value) ? value : null);

export const LeftOutDataset = builder.objectRef<LeftOut>('LeftOutDataset').implement({
  description: 'A dataset that a trainer has but cannot offer.',
  fields: (t) => ({ name: t.exposeString('name'), reason: t.exposeString('reason') }),
});

export const Trainer = builder.prismaNode('Trainer', {
  description: 'A daemon that trains.',
  id: { field: 'id' },
  fields: (t) => ({
    name: t.exposeString('name'),
    host: t.exposeString('host'),
    engine: t.string({
      description: 'Engine and provider that `auto` picks, e.g. `compiled-cpu`.',
      resolve: ({ engines }) => engines[0] ?? '',
    }),
    device: t.exposeString('device'),
    slots: t.exposeInt('slots'),
    version: t.exposeString('version'),
    state: t.field({
      type: TrainerState,
      resolve: ({ left, stopping }) => {
        if (left) return 'OFFLINE';
        return stopping ? 'STOPPING' : 'ONLINE';
      },
    }),
    registeredAt: t.expose('registeredAt', { type: 'DateTime' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime' }),
    benchmarks: t.field({
      type: [TrainerBenchmark],
      description: 'What its engines reach; empty until it has measured them.',
      resolve: ({ benchmarks }) => benchmarks as Benchmark[],
    }),
    datasets: t.prismaField({
      type: ['Dataset'],
      select: (_args, _context, nested) => ({ datasets: { select: { dataset: nested(true) }, orderBy: { dataset: { name: 'asc' } } } }),
      resolve: (_query, trainer) => trainer.datasets.map(({ dataset }) => dataset),
    }),
    leftOut: t.field({
      type: [LeftOutDataset],
      description: 'Datasets that it has but cannot offer, each with the reason.',
      resolve: ({ leftOut }) => leftOut as LeftOut[],
    }),
    running: t.prismaField({
      type: ['Run'],
      description: 'What it runs now.',
      select: (_args, _context, nested) => ({
        jobs: { where: { state: 'RUNNING' }, select: { run: nested(true) }, orderBy: { startedAt: 'asc' } },
      }),
      resolve: (_query, trainer) => trainer.jobs.flatMap(({ run }) => run ?? []),
    }),
    analysing: t.prismaField({
      type: ['Analysis'],
      description: 'What it analyses now.',
      resolve: (query, { id }, _args, { db }) =>
        db.analysis.findMany({ ...query, where: { job: { state: 'RUNNING', trainerId: id } }, orderBy: { createdAt: 'asc' } }),
    }),
  }),
});

export const TrainerRegistration = builder.objectRef<{ trainerId: string }>('TrainerRegistration').implement({
  fields: (t) => ({
    trainer: t.prismaField({
      type: 'Trainer',
      resolve: (query, { trainerId }, _args, { db }) => db.trainer.findUniqueOrThrow({ ...query, where: { id: trainerId } }),
    }),
    leaseSeconds: t.float({ resolve: (_root, _args, { settings }) => settings.leaseSeconds }),
    renewSeconds: t.float({ resolve: (_root, _args, { settings }) => settings.renewSeconds }),
    stallSeconds: t.float({
      description: 'Without a sign of life for this long a job is stopped by its trainer and fails, unless its claim says otherwise.',
      resolve: (_root, _args, { settings }) => settings.stallSeconds,
    }),
  }),
});

builder.queryFields((t) => ({
  trainers: t.prismaField({
    type: ['Trainer'],
    resolve: (query, _root, _args, { db }) =>
      db.trainer.findMany({ ...query, orderBy: [{ left: 'asc' }, { registeredAt: 'asc' }], take: 500 }),
  }),
}));

builder.mutationFields((t) => ({
  registerTrainer: t.field({
    type: TrainerRegistration,
    args: { input: t.arg({ type: RegisterTrainerInput, required: true }) },
    resolve: async (_root, { input }, { reports, viewer }) => {
      const { id } = requireTrainer(viewer);
      return { trainerId: await transact(reports, (tx) => registerTrainer(tx, input, id)) };
    },
  }),
  leaveFleet: t.boolean({
    description: 'Says that this trainer takes nothing new, or has left.',
    args: { trainerId: t.arg.id({ required: true }), state: t.arg({ type: TrainerState, required: true, defaultValue: 'OFFLINE' }) },
    resolve: async (_root, { trainerId, state }, { reports, viewer }) => {
      const { id } = requireTrainer(viewer);
      await transact(reports, (tx) => leaveFleet(tx, trainerId, id, state));
      return true;
    },
  }),
}));
