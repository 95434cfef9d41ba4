import { builder } from '../builder.ts';
import { ArtifactKind, LogLevel, NetworkRole } from './enums.ts';

export const LeaseInput = builder.inputType('LeaseInput', {
  fields: (t) => ({ jobId: t.id({ required: true }), attempt: t.int({ required: true }) }),
});

export const ProgressInput = builder.inputType('ProgressInput', {
  fields: (t) => ({
    phase: t.string({ required: true, defaultValue: 'cohort' }),
    epoch: t.int({ required: true }),
    epochs: t.int({ required: true }),
    step: t.int({ required: true }),
    steps: t.int({ required: true }),
    loss: t.float({}),
    imagesPerSecond: t.float({}),
  }),
});

export const RenewLeaseInput = builder.inputType('RenewLeaseInput', {
  fields: (t) => ({ lease: t.field({ type: LeaseInput, required: true }), progress: t.field({ type: ProgressInput }) }),
});

export const EpochMetricInput = builder.inputType('EpochMetricInput', {
  fields: (t) => ({
    network: t.int({ required: true }),
    epoch: t.int({ required: true }),
    trainLoss: t.float({ required: true }),
    trainTerms: t.field({ type: 'JSON', required: true }),
    trainAccuracy: t.float({ required: true }),
    trainEntropy: t.float({}),
    validationLoss: t.float({}),
    validationAccuracy: t.float({}),
    validationEntropy: t.float({}),
    learningRate: t.float({ required: true }),
    imagesPerSecond: t.float({ required: true }),
    seconds: t.float({ required: true }),
  }),
});

export const CohortMetricInput = builder.inputType('CohortMetricInput', {
  fields: (t) => ({
    epoch: t.int({ required: true }),
    ensembleValidationLoss: t.float({}),
    ensembleValidationAccuracy: t.float({}),
    disagreement: t.float({}),
  }),
});

export const CheckpointInput = builder.inputType('CheckpointInput', {
  fields: (t) => ({
    epoch: t.int({ description: 'Whole epochs of the cohort that the state covers; 0 while its teacher is trained.', required: true }),
    teacherEpoch: t.int({ description: 'Epochs of the teacher trained within this run that the state covers; absent without one.' }),
    sha256: t.string({ required: true }),
  }),
});

export const NetworkReportInput = builder.inputType('NetworkReportInput', {
  fields: (t) => ({
    index: t.int({ required: true }),
    role: t.field({ type: NetworkRole, required: true }),
    model: t.string({ required: true }),
    view: t.string({ required: true }),
    parameters: t.int({ required: true }),
    flops: t.float({}),
    initHash: t.string({}),
  }),
});

export const CommitEpochsInput = builder.inputType('CommitEpochsInput', {
  description: `Rows since the last commit and the checkpoint they belong to, in one transaction. Sent again after a lost answer it changes nothing.
Without a checkpoint the rows are shown at once and removed should the run resume from an older one.`,
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    epochs: t.field({ type: [EpochMetricInput], description: 'At most 2,000.', required: true }),
    cohort: t.field({ type: [CohortMetricInput], required: true, defaultValue: [] }),
    checkpoint: t.field({ type: CheckpointInput, description: 'Uploaded before by PUT /artifacts/:sha256.' }),
    networks: t.field({
      type: [NetworkReportInput],
      description: 'Known once the networks are built; sent with the first commit of an attempt.',
    }),
    fingerprint: t.field({ type: 'JSON' }),
  }),
});

export const LogLineInput = builder.inputType('LogLineInput', {
  fields: (t) => ({
    key: t.int({ required: true }),
    at: t.field({ type: 'DateTime', required: true }),
    level: t.field({ type: LogLevel, required: true, defaultValue: 'INFO' }),
    text: t.string({ required: true }),
  }),
});

export const ReportLogInput = builder.inputType('ReportLogInput', {
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    lines: t.field({
      type: [LogLineInput],
      description: 'At most 500 lines of at most 4,000 characters. `key` rises within an attempt; a line sent twice is kept once.',
      required: true,
    }),
  }),
});

export const NetworkResultInput = builder.inputType('NetworkResultInput', {
  fields: (t) => ({
    index: t.int({ required: true }),
    selectedEpoch: t.int({ required: true }),
    trainAccuracy: t.float({}),
    trainLoss: t.float({}),
    validationAccuracy: t.float({}),
    validationLoss: t.float({}),
    testAccuracy: t.float({}),
    testLoss: t.float({}),
    validationEntropy: t.float({}),
    testEntropy: t.float({}),
    withheldAccuracy: t.float({}),
    biasCorrection: t.float({}),
    correctedAccuracy: t.float({}),
    correctedWithheldAccuracy: t.float({}),
  }),
});

export const CohortResultInput = builder.inputType('CohortResultInput', {
  fields: (t) => ({
    ensembleValidationAccuracy: t.float({}),
    ensembleValidationLoss: t.float({}),
    ensembleValidationEntropy: t.float({}),
    ensembleTestAccuracy: t.float({}),
    ensembleTestLoss: t.float({}),
    disagreement: t.float({}),
  }),
});

export const RunArtifactInput = builder.inputType('RunArtifactInput', {
  fields: (t) => ({
    kind: t.field({ type: ArtifactKind, required: true }),
    network: t.int({}),
    epoch: t.int({ required: true }),
    sha256: t.string({ required: true }),
  }),
});

export const FinishJobInput = builder.inputType('FinishJobInput', {
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    networks: t.field({ type: [NetworkResultInput], required: true }),
    cohort: t.field({ type: CohortResultInput }),
    artifacts: t.field({ type: [RunArtifactInput], required: true }),
  }),
});

export const FailJobInput = builder.inputType('FailJobInput', {
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    error: t.string({ required: true }),
    cancelled: t.boolean({ description: 'The run was cancelled and stopped: no failure.', required: true, defaultValue: false }),
    permanent: t.boolean({
      description: 'Trying again cannot help (a bad dataset, a non-finite loss).',
      required: true,
      defaultValue: false,
    }),
    discardCheckpoint: t.boolean({
      description: 'The checkpoint it was to resume from is unusable: the next attempt starts from scratch.',
      required: true,
      defaultValue: false,
    }),
  }),
});

export const HandBackJobInput = builder.inputType('HandBackJobInput', {
  fields: (t) => ({ lease: t.field({ type: LeaseInput, required: true }), reason: t.string({ required: true, defaultValue: '' }) }),
});
