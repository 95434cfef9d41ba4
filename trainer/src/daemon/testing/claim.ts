import type { Claim, Terms } from '../job-folder.ts';

/** A claim of a first attempt from scratch, but for what is given. */
export function claimOf(given: Partial<Claim> = {}): Claim {
  return {
    jobId: 'job_1',
    attempt: 1,
    expiresAt: '2026-01-01T00:00:15.000Z',
    runId: 'run_1',
    spec: {},
    seed: 0,
    execution: { engine: 'AUTO', checkpointEvery: 1, maxFailures: 3 },
    datasetHash: 'sha256:0',
    checkpoint: null,
    teachers: [],
    ...given,
  };
}

export const terms: Terms = { renewSeconds: 5, stallSeconds: 120 };
