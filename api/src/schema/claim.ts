import { artifactPath } from '../artifacts/path.ts';
import { builder } from '../builder.ts';
import type { Claim as ClaimedJob, Teacher } from '../jobs/claim.ts';
import type { Lease as HeldLease } from '../jobs/renew.ts';

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

export const Claim = builder.objectRef<ClaimedJob>('Claim').implement({
  description: 'A job and the right to report on it until `expiresAt`. Every report carries `attempt`.',
  fields: (t) => ({
    jobId: t.exposeID('jobId'),
    attempt: t.exposeInt('attempt'),
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    runId: t.exposeID('runId'),
    spec: t.expose('spec', { type: 'JSON', description: 'The normalised spec.' }),
    seed: t.exposeInt('seed'),
    execution: t.expose('execution', { type: 'JSON' }),
    datasetHash: t.exposeString('datasetHash'),
    checkpoint: t.expose('checkpoint', { type: CheckpointRef, nullable: true, description: 'Where to go on; absent: from scratch.' }),
    teachers: t.expose('teachers', { type: [TeacherRef], description: `The earlier runs' networks that teach, in the spec's order.` }),
  }),
});

export const Lease = builder.objectRef<HeldLease>('Lease').implement({
  fields: (t) => ({
    expiresAt: t.expose('expiresAt', { type: 'DateTime' }),
    cancelRequested: t.exposeBoolean('cancelRequested', { description: 'Stop within a batch, then fail with `cancelled: true`.' }),
  }),
});
