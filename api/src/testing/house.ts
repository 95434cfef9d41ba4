import type { Response } from './client.ts';

/** What a claim says of the run to be trained. */
type TrainPart = {
  runId: string;
  seed: number;
  spec: { networks: unknown[]; training: { epochs: number } };
  teachers: { runId: string; network: number; sha256: string; path: string }[];
};

export type TestClaim = TrainPart & {
  jobId: string;
  attempt: number;
  stallSeconds: number;
  checkpoint: { epoch: number; teacherEpoch: number | null; sha256: string } | null;
};

/** What a trainer reports under its lease, and what it hears. */
export type Reports = {
  renewLease: { cancelRequested: boolean };
  commitEpochs: { cancelRequested: boolean };
  reportLog: boolean;
  finishJob: boolean;
  failJob: boolean;
  handBackJob: boolean;
};

export type Report = keyof Reports;

type ReportInput = { lease: { jobId: string; attempt: number }; [setting: string]: unknown };

/** What a fleet asks, and who schedules for it: over HTTP as they do (`overHttp`), or of the rules themselves (`overRules`). */
export interface House {
  /** @returns the trainer's id. */
  registerTrainer(input: object): Promise<string>;
  claimJob(trainerId: string, claimId?: string): Promise<TestClaim | null>;
  /** Stores bytes. */
  upload(sha256: string, bytes: string | Uint8Array<ArrayBuffer>): Promise<void>;
  /** A refusal is an answer. */
  report<Name extends Report>(name: Name, input: ReportInput): Promise<Response<Pick<Reports, Name>>>;
  /** @returns the runs' ids. */
  scheduleRuns(input: { spec: object; seeds: readonly number[] }): Promise<string[]>;
}
