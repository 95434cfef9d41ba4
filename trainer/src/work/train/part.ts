import type { CohortRow, EpochRow, NetworkReport } from '../../training/events.ts';

/** What a run under way reports: rows since the last part, and once what its networks are and what it runs on. */
export type TrainPart = {
  rows: EpochRow[];
  cohort: CohortRow[];
  networks: NetworkReport[] | null;
  fingerprint: Record<string, unknown> | null;
};

/** A part with nothing in it but what is given. */
export const partOf = (given: Partial<TrainPart>): TrainPart => ({ rows: [], cohort: [], networks: null, fingerprint: null, ...given });

/** A run that went on from a checkpoint makes the rows after it anew: each may stand in a commit once only. */
export const mergeParts = (earlier: TrainPart, later: TrainPart): TrainPart => ({
  rows: lastOfEach([...earlier.rows, ...later.rows], ({ network, epoch }) => `${network}/${epoch}`),
  cohort: lastOfEach([...earlier.cohort, ...later.cohort], ({ epoch }) => epoch),
  networks: later.networks ?? earlier.networks,
  fingerprint: later.fingerprint ?? earlier.fingerprint,
});

const lastOfEach = <T>(rows: T[], key: (row: T) => unknown): T[] => [...new Map(rows.map((row) => [key(row), row])).values()];
