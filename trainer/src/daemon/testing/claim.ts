import type { Claim } from '../../work/claim.ts';
import type { Terms } from '../job-folder.ts';

/** A claim of a first attempt from scratch, but for what is given. */
const train: NonNullable<Claim['train']> = { runId: 'run_1', spec: {}, seed: 0, datasetHash: 'sha256:0', checkpointEvery: 1, teachers: [] };

export function claimOf({ train: given, ...job }: Partial<Omit<Claim, 'train'>> & { train?: Partial<typeof train> } = {}): Claim {
  return {
    jobId: 'job_1',
    kind: 'TRAIN',
    attempt: 1,
    expiresAt: '2026-01-01T00:00:15.000Z',
    engine: 'AUTO',
    stallSeconds: 120,
    checkpoint: null,
    train: { ...train, ...given },
    analyse: null,
    ...job,
  };
}

export const terms: Terms = { renewSeconds: 5 };
