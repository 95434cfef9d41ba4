import { artifactPath } from '../artifacts/path.ts';
import { builder } from '../builder.ts';
import type { AnalysedNetwork, AnalyseClaim as NetworksToAnalyse } from '../jobs/analyse/claim.ts';
import type { Claim as ClaimedJob } from '../jobs/claim.ts';
import type { Lease as HeldLease } from '../jobs/renew.ts';
import type { TrainClaim as RunToTrain, Teacher } from '../jobs/train/claim.ts';
import { EngineChoice, JobKind } from './enums.ts';

export const CheckpointRef = builder
  .objectRef<{ epoch: number; teacherEpoch: number | null; sha256: string; fingerprint: unknown }>('CheckpointRef')
  .implement({
    fields: (t) => ({
      epoch: t.exposeInt('epoch', { description: 'Whole epochs of the cohort that the state covers; 0 while its teacher is trained.' }),
      teacherEpoch: t.exposeInt('teacherEpoch', {
        nullable: true,
        description: 'Epochs of the teacher trained within this run that the state covers; absent without one.',
      }),
      sha256: t.exposeString('sha256'),
      path: t.string({ resolve: ({ sha256 }) => artifactPath(sha256) }),
      fingerprint: t.expose('fingerprint', { type: 'JSON', nullable: true, description: 'Fingerprint of who wrote it.' }),
    }),
  });

export const TeacherRef = builder.objectRef<Teacher>('TeacherRef').implement({
  description: `An earlier run's network that teaches.`,
  fields: (t) => ({
    runId: t.exposeID('runId'),
    network: t.exposeInt('network'),
    model: t.exposeString('model'),
    view: t.exposeString('view'),
    sha256: t.exposeString('sha256'),
    path: t.string({ resolve: ({ sha256 }) => artifactPath(sha256) }),
  }),
});

export const TrainClaim = builder.objectRef<RunToTrain>('TrainClaim').implement({
  description: 'A run to be trained.',
  fields: (t) => ({
    runId: t.exposeID('runId'),
    spec: t.expose('spec', { type: 'JSON', description: 'The normalised spec.' }),
    seed: t.exposeInt('seed'),
    datasetHash: t.exposeString('datasetHash'),
    checkpointEvery: t.exposeInt('checkpointEvery', { description: 'Epochs between two checkpoints.' }),
    teachers: t.expose('teachers', { type: [TeacherRef], description: `The earlier runs' networks that teach, in the spec's order.` }),
  }),
});

export const AnalysedRef = builder.objectRef<AnalysedNetwork>('AnalysedRef').implement({
  description: 'A network to be analysed.',
  fields: (t) => ({
    runId: t.exposeID('runId'),
    network: t.exposeInt('network'),
    label: t.exposeString('label', { description: 'For people.' }),
    seed: t.exposeInt('seed', { description: 'Of its run.' }),
    model: t.exposeString('model'),
    view: t.exposeString('view'),
    data: t.expose('data', { type: 'JSON', description: 'The `data` of its spec: which images it was trained on.' }),
    sha256: t.exposeString('sha256', { description: 'Of its weights.' }),
    path: t.string({ resolve: ({ sha256 }) => artifactPath(sha256) }),
    reference: t.exposeBoolean('reference', { description: 'It is what the others are held against; it comes last.' }),
    probeEntropies: t.floatList({
      nullable: true,
      description:
        'Mean entropy on its probe after each epoch of its training, in nats; where the question asks for it and it was measured.',
      resolve: ({ probeEntropies }) => probeEntropies,
    }),
  }),
});

export const AnalyseClaim = builder.objectRef<NetworksToAnalyse>('AnalyseClaim').implement({
  description: 'Networks to be analysed.',
  fields: (t) => ({
    analysisId: t.exposeID('analysisId'),
    question: t.expose('question', { type: 'JSON', description: 'QuestionInput, every default filled in.' }),
    dataset: t.exposeString('dataset'),
    datasetHash: t.exposeString('datasetHash'),
    networks: t.expose('networks', { type: [AnalysedRef] }),
  }),
});

/** A job need not be of a run. */
const moved = 'Ask for it in `train`.';

export const Claim = builder.objectRef<ClaimedJob>('Claim').implement({
  description: 'A job and the right to report on it until `expiresAt`. Every report carries `attempt`.',
  fields: (t) => ({
    jobId: t.exposeID('jobId'),
    kind: t.expose('kind', { type: JobKind }),
    attempt: t.exposeInt('attempt'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    engine: t.expose('engine', { type: EngineChoice }),
    stallSeconds: t.exposeFloat('stallSeconds', {
      description: 'Without a sign of life for this long, its process is stopped by its trainer, and the attempt fails.',
    }),
    checkpoint: t.expose('checkpoint', { type: CheckpointRef, nullable: true, description: 'Where to go on; absent: from scratch.' }),
    train: t.field({ type: TrainClaim, nullable: true, description: 'What a TRAIN job is about.', resolve: ({ train }) => train }),
    analyse: t.field({
      type: AnalyseClaim,
      nullable: true,
      description: 'What an ANALYSE job is about.',
      resolve: ({ analyse }) => analyse,
    }),
    runId: t.id({ nullable: true, deprecationReason: moved, resolve: ({ train }) => train?.runId }),
    spec: t.field({ type: 'JSON', nullable: true, deprecationReason: moved, resolve: ({ train }) => train?.spec }),
    seed: t.int({ nullable: true, deprecationReason: moved, resolve: ({ train }) => train?.seed }),
    execution: t.field({ type: 'JSON', nullable: true, deprecationReason: moved, resolve: ({ train }) => train?.execution }),
    datasetHash: t.string({ nullable: true, deprecationReason: moved, resolve: ({ train }) => train?.datasetHash }),
    teachers: t.field({ type: [TeacherRef], nullable: true, deprecationReason: moved, resolve: ({ train }) => train?.teachers }),
  }),
});

export const Lease = builder.objectRef<HeldLease>('Lease').implement({
  fields: (t) => ({
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    cancelRequested: t.exposeBoolean('cancelRequested', { description: 'Stop within a batch, then fail with `cancelled: true`.' }),
  }),
});
