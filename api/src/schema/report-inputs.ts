import { longestResult } from '@studyhall/contract/analysis/result.ts';
import { builder } from '../builder.ts';
import type { Bounds } from '../limits/inputs.ts';
import { ArtifactKind, LogLevel, NetworkRole } from './enums.ts';
import { Split } from './measure.ts';

/** A report's numbers have bounds: what is computed from them, for everybody, has to stay a number. */
const within = (min: number, max: number) => ({ directives: { range: { min, max } } });

/** What 32 bits hold: a loss may grow so far before it is infinite and the run fails. */
const float32 = within(-3.5e38, 3.5e38);
const fraction = within(0, 1);
/** Nats; the logarithm of the number of classes is the most there can be. */
const entropy = within(0, 100);
const count = within(0, 2_147_483_647);
const rate = within(0, 1e9);
/** More than any run has. */
const epoch = within(0, 1_000_000);
/** A cohort of 16 and 8 teachers, with room. */
const network = within(0, 63);

const text = (bounds: Bounds) => ({ extensions: { bounds } });

export const LeaseInput = builder.inputType('LeaseInput', {
  fields: (t) => ({ jobId: t.id({ required: true }), attempt: t.int({ required: true, ...count }) }),
});

export const ProgressInput = builder.inputType('ProgressInput', {
  fields: (t) => ({
    phase: t.string({ required: true, defaultValue: 'cohort' }),
    epoch: t.int({ required: true, ...epoch }),
    epochs: t.int({ required: true, ...epoch }),
    step: t.int({ required: true, ...count }),
    steps: t.int({ required: true, ...count }),
    loss: t.float({ ...float32 }),
    imagesPerSecond: t.float({ ...rate }),
  }),
});

export const RenewLeaseInput = builder.inputType('RenewLeaseInput', {
  fields: (t) => ({ lease: t.field({ type: LeaseInput, required: true }), progress: t.field({ type: ProgressInput }) }),
});

export const MeasurementInput = builder.inputType('MeasurementInput', {
  description: 'A figure of the row it stands in, within the bounds of its measure.',
  fields: (t) => ({
    measure: t.string({ required: true, description: 'Its name: see `measures`.' }),
    split: t.field({ type: Split, required: true }),
    value: t.float({ required: true, ...float32 }),
    pair: t.intList({ description: "With a cohort's figures: the two networks that it is about.", ...network }),
  }),
});

const measurements = (most: number) => ({
  type: [MeasurementInput] as [typeof MeasurementInput],
  description: `What else was measured; at most ${most}.`,
});

export const EpochMetricInput = builder.inputType('EpochMetricInput', {
  fields: (t) => ({
    network: t.int({ required: true, ...network }),
    epoch: t.int({ required: true, ...epoch }),
    trainLoss: t.float({ required: true, ...float32 }),
    trainTerms: t.field({ type: 'JSON', required: true }),
    trainAccuracy: t.float({ required: true, ...fraction }),
    trainEntropy: t.float({ ...entropy }),
    validationLoss: t.float({ ...float32 }),
    validationAccuracy: t.float({ ...fraction }),
    validationEntropy: t.float({ ...entropy }),
    learningRate: t.float({ required: true, ...within(0, 1e6) }),
    imagesPerSecond: t.float({ required: true, ...rate }),
    seconds: t.float({ required: true, ...rate }),
    measurements: t.field(measurements(8)),
  }),
});

export const CohortMetricInput = builder.inputType('CohortMetricInput', {
  fields: (t) => ({
    epoch: t.int({ required: true, ...epoch }),
    ensembleValidationLoss: t.float({ ...float32 }),
    ensembleValidationAccuracy: t.float({ ...fraction }),
    disagreement: t.float({ ...fraction }),
    measurements: t.field(measurements(16)),
  }),
});

export const CheckpointInput = builder.inputType('CheckpointInput', {
  fields: (t) => ({
    epoch: t.int({
      description: 'Whole epochs of the cohort that the state covers; 0 while its teacher is trained.',
      required: true,
      ...epoch,
    }),
    teacherEpoch: t.int({
      description: 'Epochs of the teacher trained within this run that the state covers; absent without one.',
      ...epoch,
    }),
    sha256: t.string({ required: true }),
  }),
});

export const NetworkReportInput = builder.inputType('NetworkReportInput', {
  fields: (t) => ({
    index: t.int({ required: true, ...network }),
    role: t.field({ type: NetworkRole, required: true }),
    model: t.string({ required: true }),
    view: t.string({ required: true }),
    parameters: t.int({ required: true, ...count }),
    flops: t.float({ ...within(0, 1e18) }),
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
    fingerprint: t.field({ type: 'JSON', description: 'At most 16,000 characters as JSON.', ...text({ maxLength: 16_000 }) }),
  }),
});

export const LogLineInput = builder.inputType('LogLineInput', {
  fields: (t) => ({
    key: t.int({ required: true, ...count }),
    at: t.field({ type: 'DateTime', required: true }),
    level: t.field({ type: LogLevel, required: true, defaultValue: 'INFO' }),
    text: t.string({ required: true, ...text({ lenient: true }) }),
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
    index: t.int({ required: true, ...network }),
    selectedEpoch: t.int({ required: true, ...epoch }),
    trainAccuracy: t.float({ ...fraction }),
    trainLoss: t.float({ ...float32 }),
    validationAccuracy: t.float({ ...fraction }),
    validationLoss: t.float({ ...float32 }),
    testAccuracy: t.float({ ...fraction }),
    testLoss: t.float({ ...float32 }),
    validationEntropy: t.float({ ...entropy }),
    testEntropy: t.float({ ...entropy }),
    withheldAccuracy: t.float({ ...fraction }),
    biasCorrection: t.float({ ...float32 }),
    correctedAccuracy: t.float({ ...fraction }),
    correctedWithheldAccuracy: t.float({ ...fraction }),
    measurements: t.field(measurements(64)),
  }),
});

export const CohortResultInput = builder.inputType('CohortResultInput', {
  fields: (t) => ({
    ensembleValidationAccuracy: t.float({ ...fraction }),
    ensembleValidationLoss: t.float({ ...float32 }),
    ensembleValidationEntropy: t.float({ ...entropy }),
    ensembleTestAccuracy: t.float({ ...fraction }),
    ensembleTestLoss: t.float({ ...float32 }),
    disagreement: t.float({ ...fraction }),
    measurements: t.field(measurements(256)),
  }),
});

export const RunArtifactInput = builder.inputType('RunArtifactInput', {
  fields: (t) => ({
    kind: t.field({ type: ArtifactKind, required: true }),
    network: t.int({ ...network }),
    epoch: t.int({ required: true, ...epoch }),
    sha256: t.string({ required: true }),
  }),
});

export const FinishJobInput = builder.inputType('FinishJobInput', {
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    networks: t.field({ type: [NetworkResultInput], required: true }),
    cohort: t.field({ type: CohortResultInput }),
    artifacts: t.field({ type: [RunArtifactInput], required: true }),
    analysis: t.field({
      type: 'JSON',
      description: 'What an ANALYSE job came to: `figures`, `charts`, `tables`, `maps` and `notes`, as `AnalysisResult` has them.',
      ...text({ maxLength: longestResult }),
    }),
  }),
});

export const FailJobInput = builder.inputType('FailJobInput', {
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    error: t.string({ required: true, ...text({ lenient: true }) }),
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
  fields: (t) => ({
    lease: t.field({ type: LeaseInput, required: true }),
    reason: t.string({ required: true, defaultValue: '', ...text({ lenient: true }) }),
  }),
});
