import { requireTrainer } from '../access/viewer.ts';
import { builder } from '../builder.ts';
import type { Context } from '../context.ts';
import { type Tx, transact } from '../db.ts';
import { claimJob } from '../jobs/claim.ts';
import { commitEpochs } from '../jobs/commit.ts';
import { finishJob } from '../jobs/finish.ts';
import { failJob, handBackJob } from '../jobs/give-up.ts';
import { renewLease } from '../jobs/renew.ts';
import { reportLog } from '../metrics/log.ts';
import { Claim, Lease } from './claim.ts';
import { CommitEpochsInput, FailJobInput, FinishJobInput, HandBackJobInput, RenewLeaseInput, ReportLogInput } from './report-inputs.ts';

/** Does something for a trainer, in one transaction. */
function forTrainer<Result>({ db, viewer }: Context, rule: (tx: Tx) => Promise<Result>): Promise<Result> {
  requireTrainer(viewer);
  return transact(db, rule);
}

builder.mutationFields((t) => ({
  claimJob: t.field({
    type: Claim,
    nullable: true,
    description: 'The next job this trainer can do, or null.',
    args: { trainerId: t.arg.id({ required: true }) },
    resolve: (_root, { trainerId }, context) => forTrainer(context, (tx) => claimJob(tx, trainerId, context.settings.leaseSeconds)),
  }),
  renewLease: t.field({
    type: Lease,
    args: { input: t.arg({ type: RenewLeaseInput, required: true }) },
    resolve: (_root, { input: { lease, progress } }, context) =>
      forTrainer(context, (tx) => renewLease(tx, lease, progress ?? undefined, context.settings.leaseSeconds)),
  }),
  commitEpochs: t.field({
    type: Lease,
    args: { input: t.arg({ type: CommitEpochsInput, required: true }) },
    resolve: (_root, { input }, context) => forTrainer(context, (tx) => commitEpochs(tx, input, context.settings.leaseSeconds)),
  }),
  reportLog: t.boolean({
    args: { input: t.arg({ type: ReportLogInput, required: true }) },
    resolve: (_root, { input: { lease, lines } }, context) => forTrainer(context, (tx) => reportLog(tx, lease, lines)),
  }),
  finishJob: t.boolean({
    args: { input: t.arg({ type: FinishJobInput, required: true }) },
    resolve: (_root, { input }, context) => forTrainer(context, (tx) => finishJob(tx, input, context.settings.leaseSeconds)),
  }),
  failJob: t.boolean({
    args: { input: t.arg({ type: FailJobInput, required: true }) },
    resolve: (_root, { input }, context) => forTrainer(context, (tx) => failJob(tx, input)),
  }),
  handBackJob: t.boolean({
    description: 'Gives the job back in good order (no failure): another trainer goes on from the checkpoint.',
    args: { input: t.arg({ type: HandBackJobInput, required: true }) },
    resolve: (_root, { input: { lease, reason } }, context) => forTrainer(context, (tx) => handBackJob(tx, lease, reason)),
  }),
}));
