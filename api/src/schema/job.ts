import type { AnalysisResult } from '@studyhall/contract/analysis/result.ts';
import { trainerOf } from '../access/rights.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { type Tx, transact } from '../db.ts';
import { claimJob } from '../jobs/claim.ts';
import { finishJob } from '../jobs/finish.ts';
import { failJob, handBackJob } from '../jobs/give-up.ts';
import { reportLog } from '../jobs/log.ts';
import { renewLease } from '../jobs/renew.ts';
import type { LeaseKey } from '../sql/lease.ts';
import { Claim, Lease } from './claim.ts';
import { JobKind } from './enums.ts';
import { CommitEpochsInput, FailJobInput, FinishJobInput, HandBackJobInput, RenewLeaseInput, ReportLogInput } from './report-inputs.ts';

/** Does something for a trainer, in one transaction. The token says whose trainers and leases it may speak for. */
function forTrainer<Result>({ reports, caller }: Context, rule: (tx: Tx, tokenId: string) => Promise<Result>): Promise<Result> {
  const { tokenId } = trainerOf(caller);
  return transact(reports, (tx) => rule(tx, tokenId));
}

/** The same for a report under a lease. */
function forHolder<Input extends { lease: { jobId: string; attempt: number } }, Result>(
  context: Context,
  input: Input,
  rule: (tx: Tx, input: Input & { lease: LeaseKey }) => Promise<Result>,
): Promise<Result> {
  return forTrainer(context, (tx, tokenId) => rule(tx, { ...input, lease: { ...input.lease, tokenId } }));
}

builder.mutationFields((t) => ({
  claimJob: t.field({
    authScopes: { trainer: true },
    type: Claim,
    nullable: true,
    description: 'The next job this trainer can do, or null.',
    args: {
      trainerId: t.arg.id({ required: true }),
      claimId: t.arg.id({
        description:
          'What the trainer calls this claim, new after each answer. Asked again under it, because the answer was lost, it gets the same lease; null once that has ended.',
      }),
      kinds: t.arg({
        type: [JobKind],
        required: true,
        defaultValue: ['TRAIN'],
        description: 'Kinds of jobs that this trainer knows: in the middle of an update it may be older than the API.',
      }),
    },
    resolve: (_root, { trainerId, claimId, kinds }, context) =>
      forTrainer(context, (tx, tokenId) => claimJob(tx, { trainerId, tokenId, claimId: claimId ?? undefined, kinds }, context.settings)),
  }),
  renewLease: t.field({
    authScopes: { trainer: true },
    type: Lease,
    args: { input: t.arg({ type: RenewLeaseInput, required: true }) },
    resolve: (_root, { input }, context) =>
      forHolder(context, input, (tx, { lease, progress }) => renewLease(tx, lease, progress ?? undefined, context.settings.leaseSeconds)),
  }),
  commitEpochs: t.field({
    authScopes: { trainer: true },
    type: Lease,
    args: { input: t.arg({ type: CommitEpochsInput, required: true }) },
    resolve: (_root, { input }, { commits, caller }) => {
      const { tokenId } = trainerOf(caller);
      return commits.commit({ ...input, lease: { ...input.lease, tokenId } });
    },
  }),
  reportLog: t.boolean({
    authScopes: { trainer: true },
    args: { input: t.arg({ type: ReportLogInput, required: true }) },
    resolve: (_root, { input }, context) => forHolder(context, input, (tx, { lease, lines }) => reportLog(tx, lease, lines)),
  }),
  finishJob: t.boolean({
    authScopes: { trainer: true },
    args: { input: t.arg({ type: FinishJobInput, required: true }) },
    resolve: (_root, { input }, context) =>
      forHolder(context, input, (tx, { analysis, ...finish }) =>
        finishJob(tx, { ...finish, analysis: analysis as AnalysisResult | null }, context.settings.leaseSeconds),
      ),
  }),
  failJob: t.boolean({
    authScopes: { trainer: true },
    args: { input: t.arg({ type: FailJobInput, required: true }) },
    resolve: (_root, { input }, context) => forHolder(context, input, failJob),
  }),
  handBackJob: t.boolean({
    authScopes: { trainer: true },
    description: 'Gives the job back in good order (no failure): another trainer goes on from the checkpoint.',
    args: { input: t.arg({ type: HandBackJobInput, required: true }) },
    resolve: (_root, { input }, context) => forHolder(context, input, (tx, { lease, reason }) => handBackJob(tx, lease, reason)),
  }),
}));
