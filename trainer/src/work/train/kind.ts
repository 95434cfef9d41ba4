import { ArtifactUnusable } from '../../client/artifacts.ts';
import { CommitEpochsDocument, FinishJobDocument } from '../../client/generated/graphql.ts';
import type { CohortResult, NetworkResult } from '../../training/events.ts';
import type { TeacherFile, TrainingJob } from '../../training/job.ts';
import type { Claim } from '../claim.ts';
import type { Kind } from '../kind.ts';
import { mergeParts, type TrainPart } from './part.ts';

type TrainResult = { networks: NetworkResult[]; cohort: CohortResult | null };

/** Weights of earlier runs' networks that teach. */
type TrainInputs = { teachers: TeacherFile[] };

/** Training a run, as the daemon sees it. */
export const train: Kind<TrainPart, TrainResult, TrainInputs> = {
  doing: 'training',

  subject(claim) {
    const { runId, seed } = runOf(claim);
    return { what: runId, which: `seed ${seed}` };
  },

  async inputs(claim, fetch) {
    const teachers: TeacherFile[] = [];
    for (const { runId, network, model, view, sha256 } of runOf(claim).teachers) {
      const path = await fetch(sha256).catch((error: unknown) => {
        if (!(error instanceof ArtifactUnusable)) throw error;
        throw new ArtifactUnusable(`The weights of its teacher, network ${network} of run ${runId}, cannot be had: ${error.message}`);
      });
      teachers.push({ runId, network, model, view, path });
    }
    return { teachers };
  },

  job(claim, { teachers }, { workDir, checkpoint }): TrainingJob {
    const { spec, seed, datasetHash, checkpointEvery } = runOf(claim);
    return { spec, seed, datasetHash, checkpointEvery, teachers, workDir, ...(checkpoint && { checkpoint }) };
  },

  rows: ({ rows, cohort }) => Math.max(rows.length, cohort.length),

  merge: mergeParts,

  async send(api, lease, { rows, cohort, networks, fingerprint }, checkpoint) {
    const { commitEpochs } = await api.request(CommitEpochsDocument, {
      input: {
        lease,
        epochs: rows,
        cohort,
        checkpoint: checkpoint && { epoch: checkpoint.epoch, teacherEpoch: checkpoint.teacherEpoch, sha256: checkpoint.file.sha256 },
        networks,
        fingerprint,
      },
    });
    return commitEpochs;
  },

  async finish(api, lease, { networks, cohort }, artifacts) {
    const files = artifacts.map(({ kind, network, epoch, file }) => ({ kind, network, epoch, sha256: file.sha256 }));
    await api.request(FinishJobDocument, { input: { lease, networks, cohort, artifacts: files } });
  },
};

function runOf({ jobId, train: run }: Claim): NonNullable<Claim['train']> {
  if (!run) throw new Error(`the API names no run for job ${jobId}, which is to train one`);
  return run;
}
