import { artifactPath } from '../artifacts/path.ts';
import { type Db, type Tx, transact } from '../db.ts';
import { ApiError } from '../errors.ts';
import { claimJob } from '../jobs/claim.ts';
import { finishJob } from '../jobs/finish.ts';
import { type Failure, failJob, handBackJob } from '../jobs/give-up.ts';
import { reportLog } from '../jobs/log.ts';
import { renewLease } from '../jobs/renew.ts';
import type { Finish, Progress } from '../jobs/reports.ts';
import { type Commit, commitEpochs } from '../jobs/train/commit.ts';
import { readExecution } from '../runs/execution.ts';
import type { Schedule } from '../runs/schedule.ts';
import { scheduleAndAsk } from '../runs/schedule-and-ask.ts';
import { recordArtifact } from '../sql/artifacts.ts';
import type { LeaseKey } from '../sql/lease.ts';
import type { ReportedLine } from '../sql/logs.ts';
import { type Registration, registerTrainer } from '../trainers/register.ts';
import type { House, Report, Reports, TestClaim } from './house.ts';

/** What the rules are told as the API would tell them: the fleet's token, and the settings. */
export type Terms = { tokenId: string; leaseSeconds: number; stallSeconds: number };

/** What GraphQL fills in stands before what is given. */
function rulesOf({ leaseSeconds }: Terms) {
  return {
    renewLease: (tx: Tx, { lease, progress }: { lease: LeaseKey; progress?: Progress }) => renewLease(tx, lease, progress, leaseSeconds),
    commitEpochs: (tx: Tx, commit: Commit) => commitEpochs(tx, commit, leaseSeconds),
    reportLog: (tx: Tx, { lease, lines }: { lease: LeaseKey; lines: readonly ReportedLine[] }) => reportLog(tx, lease, lines),
    finishJob: (tx: Tx, finish: Finish) => finishJob(tx, finish, leaseSeconds),
    failJob: (tx: Tx, failure: Pick<Failure, 'lease' | 'error'>) =>
      failJob(tx, { cancelled: false, permanent: false, discardCheckpoint: false, ...failure }),
    handBackJob: (tx: Tx, { lease, reason }: { lease: LeaseKey; reason: string }) => handBackJob(tx, lease, reason),
  } satisfies Record<Report, unknown>;
}

/** The house without its door: each question is a rule's, in a transaction of its own. Bytes are noted, not kept. */
export function overRules(db: Db, terms: Terms): House {
  const { tokenId } = terms;
  const rules = rulesOf(terms) as Record<Report, (tx: Tx, input: object) => Promise<Reports[Report]>>;
  return {
    registerTrainer: (input) =>
      transact(db, (tx) => registerTrainer(tx, { leftOut: [], benchmarks: [], ...input } as unknown as Registration, tokenId)),
    claimJob: async (trainerId, claimId) => {
      const claim = await transact(db, (tx) => claimJob(tx, { trainerId, tokenId, claimId, kinds: ['TRAIN'] }, terms));
      if (!claim?.train) return null;
      const { jobId, attempt, stallSeconds, checkpoint, train } = claim;
      return {
        jobId,
        attempt,
        stallSeconds,
        checkpoint: checkpoint && { epoch: checkpoint.epoch, teacherEpoch: checkpoint.teacherEpoch, sha256: checkpoint.sha256 },
        runId: train.runId,
        seed: train.seed,
        spec: train.spec as TestClaim['spec'],
        teachers: train.teachers.map(({ runId, network, sha256 }) => ({ runId, network, sha256, path: artifactPath(sha256) })),
      };
    },
    upload: (sha256, bytes) => recordArtifact(db, sha256, bytes.length, tokenId),
    report: async <Name extends Report>(name: Name, input: { lease: object }) => {
      try {
        const told = await transact(db, (tx) => rules[name](tx, { ...input, lease: { ...input.lease, tokenId } }));
        return { data: { [name]: told } as Pick<Reports, Name> };
      } catch (error) {
        if (error instanceof ApiError) return { errors: [{ message: error.message, extensions: { code: error.code } }] };
        throw error;
      }
    },
    scheduleRuns: async (input: Pick<Schedule, 'spec' | 'seeds'> & { execution?: object }) => {
      const execution = readExecution(input.execution ?? {});
      return transact(db, (tx) => scheduleAndAsk(tx, { priority: 0, note: '', tags: [], ...input, execution }, 'owner'));
    },
  };
}
