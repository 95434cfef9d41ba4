import type { Problem } from '@studyhall/contract/settings/problem.ts';
import { builder } from '../builder.ts';
import type { Prisma } from '../db.ts';
import type { Progress } from '../jobs/reports.ts';
import type { RunCounts as Counts } from '../loaders.ts';

export const RunCounts = builder.objectRef<Counts>('RunCounts').implement({
  fields: (t) => ({
    total: t.exposeInt('total'),
    blocked: t.exposeInt('blocked'),
    queued: t.exposeInt('queued'),
    running: t.exposeInt('running'),
    succeeded: t.exposeInt('succeeded'),
    failed: t.exposeInt('failed'),
    cancelled: t.exposeInt('cancelled'),
  }),
});

/** Progress as stored with the job, and how many images a step takes. */
export type LiveProgress = { progress: Progress & { at: string }; batchSize: number };

/** Reads a job's progress column. */
export function liveProgress(progress: Prisma.JsonValue, spec: Prisma.JsonValue): LiveProgress | null {
  if (progress === null || typeof progress !== 'object') return null;
  return {
    progress: progress as unknown as LiveProgress['progress'],
    batchSize: (spec as { training: { batchSize: number } }).training.batchSize,
  };
}

export const RunProgress = builder.objectRef<LiveProgress>('RunProgress').implement({
  fields: (t) => ({
    phase: t.string({
      description: '`teacher` while a teacher is trained within the run, else `cohort`.',
      resolve: ({ progress }) => progress.phase,
    }),
    epoch: t.int({ description: 'Epoch under way, from 1.', resolve: ({ progress }) => progress.epoch }),
    epochs: t.int({ resolve: ({ progress }) => progress.epochs }),
    step: t.int({ description: 'Steps done in it.', resolve: ({ progress }) => progress.step }),
    steps: t.int({ resolve: ({ progress }) => progress.steps }),
    loss: t.float({ nullable: true, resolve: ({ progress }) => progress.loss }),
    imagesPerSecond: t.float({ nullable: true, resolve: ({ progress }) => progress.imagesPerSecond }),
    etaSeconds: t.float({ nullable: true, description: 'Seconds left in this phase, by the rate so far.', resolve: secondsLeft }),
    at: t.field({ type: 'DateTime', resolve: ({ progress }) => new Date(progress.at) }),
  }),
});

function secondsLeft({ progress, batchSize }: LiveProgress): number | null {
  const { epoch, epochs, step, steps, imagesPerSecond } = progress;
  if (!imagesPerSecond) return null;
  const stepsLeft = Math.max(0, epochs - epoch) * steps + Math.max(0, steps - step);
  const seconds = (stepsLeft * batchSize) / imagesPerSecond;
  return Number.isFinite(seconds) ? seconds : null;
}

export const Attempt = builder.prismaObject('Attempt', {
  description: 'One lease of the run by one trainer.',
  fields: (t) => ({
    attempt: t.exposeInt('attempt'),
    trainer: t.relation('trainer', { nullable: true }),
    trainerName: t.exposeString('trainerName'),
    startedAt: t.expose('startedAt', { type: 'DateTime' }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    outcome: t.string({
      nullable: true,
      description: '`succeeded`, `failed`, `cancelled`, `lapsed`, `handed back`; absent while it runs.',
      resolve: ({ outcome }) => outcome?.toLowerCase().replace('_', ' '),
    }),
    error: t.exposeString('error', { nullable: true }),
    resumedFromEpoch: t.exposeInt('resumedFromEpoch', { description: 'Epoch of the checkpoint it started from; 0: from scratch.' }),
  }),
});

export const RunTeacher = builder.prismaObject('RunTeacher', {
  description: 'A network of an earlier run that teaches.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'Its place among the teachers of the spec, from 0.' }),
    run: t.relation('teacherRun', {
      nullable: true,
      description: 'The run that is waited for or learned from; absent once it was deleted.',
    }),
    network: t.exposeInt('network', { description: 'Which of its networks.' }),
  }),
});

export const SpecProblem = builder.objectRef<Problem>('SpecProblem').implement({
  description: 'One thing that is wrong with a spec.',
  fields: (t) => ({
    path: t.exposeString('path', { description: 'Path of the field: `training.learningRate`, `networks.0.model`.' }),
    message: t.exposeString('message', { description: 'What is wrong and what is allowed.' }),
  }),
});
