import { autoEngine } from '@studyhall/contract/fleet/engines.ts';
import { trainerOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { type Tx, transact } from '../db.ts';
import { drainTrainers, removeTrainers } from '../trainers/control.ts';
import { leaveFleet } from '../trainers/leave.ts';
import { listedTrainers } from '../trainers/listed.ts';
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
      description:
        'Engine and provider that AUTO picks, e.g. `compiled-cpu`; of a trainer that takes no such run, the one to be asked for.',
      resolve: ({ engines }) => autoEngine(engines) ?? engines[0] ?? '',
    }),
    engines: t.exposeStringList('engines', { description: 'All that it offers, fastest first.' }),
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
    draining: t.exposeBoolean('draining', { description: 'Takes nothing new until it is resumed.' }),
    ephemeral: t.exposeBoolean('ephemeral', { description: 'Ends by itself, and is not listed from then on.' }),
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
    authScopes: { viewer: true },
    type: ['Trainer'],
    resolve: (query, _root, _args, { db }) => db.trainer.findMany({ ...query, ...listedTrainers }),
  }),
}));

builder.mutationFields((t) => ({
  registerTrainer: t.field({
    authScopes: { trainer: true },
    type: TrainerRegistration,
    args: { input: t.arg({ type: RegisterTrainerInput, required: true }) },
    resolve: async (_root, { input }, { reports, caller }) => {
      const { tokenId } = trainerOf(caller);
      return { trainerId: await transact(reports, (tx) => registerTrainer(tx, input, tokenId)) };
    },
  }),
  leaveFleet: t.boolean({
    authScopes: { trainer: true },
    description: 'Says that this trainer takes nothing new, or has left.',
    args: { trainerId: t.arg.id({ required: true }), state: t.arg({ type: TrainerState, required: true, defaultValue: 'OFFLINE' }) },
    resolve: async (_root, { trainerId, state }, { reports, caller }) => {
      const { tokenId } = trainerOf(caller);
      await transact(reports, (tx) => leaveFleet(tx, trainerId, tokenId, state));
      return true;
    },
  }),
  drainTrainers: t.prismaField({
    authScopes: { admin: true },
    type: ['Trainer'],
    description: 'Trainers that take nothing new, until they are resumed, also after a restart; what they run, they finish.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (query, _root, { ids }, context) => control(context, ids, query, (tx) => drainTrainers(tx, ids, true)),
  }),
  resumeTrainers: t.prismaField({
    authScopes: { admin: true },
    type: ['Trainer'],
    description: 'Drained trainers that take runs again.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: (query, _root, { ids }, context) => control(context, ids, query, (tx) => drainTrainers(tx, ids, false)),
  }),
  removeTrainers: t.int({
    authScopes: { admin: true },
    description: 'Forgets trainers that have left; what they trained stays, with their names. How many there were.',
    args: { ids: t.arg.idList({ required: true }) },
    resolve: async (_root, { ids }, { db }) => {
      await transact(db, (tx) => removeTrainers(tx, [...new Set(ids)]));
      return new Set(ids).size;
    },
  }),
}));

/** Does something to trainers, then reads them back. */
async function control<Query extends object>({ db }: Context, ids: readonly string[], query: Query, change: (tx: Tx) => Promise<void>) {
  await transact(db, change);
  return db.trainer.findMany({ ...query, where: { id: { in: [...ids] } }, orderBy: { name: 'asc' } });
}
