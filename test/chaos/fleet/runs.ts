import type { ChaosApi } from './api.ts';
import { until } from './until.ts';

type EpochRow = { network: number; epoch: number } & Record<string, unknown>;

/** How far a run is: what can be asked over and over without keeping the API from its work. */
export type Standing = {
  id: string;
  state: string;
  reason: string | null;
  attempt: number;
  epochsDone: number;
  attempts: { attempt: number; trainerName: string; outcome: string | null; error: string | null; resumedFromEpoch: number }[];
  networks: { index: number; initHash: string | null }[];
};

export type Run = Standing & {
  networks: { index: number; initHash: string | null; result: Record<string, number> | null }[];
  cohort: Record<string, number> | null;
  metrics: { epochs: EpochRow[]; cohort: ({ epoch: number } & Record<string, unknown>)[] };
  log: { seq: number; text: string }[];
  mixedFingerprints: boolean;
};

const STANDING = `
  id state reason attempt epochsDone
  attempts { attempt trainerName outcome error resumedFromEpoch }
  networks { index initHash }
`;

/** Timings are left out: everything here must be equal for equal runs. */
const RUN = `${STANDING} mixedFingerprints
  networks { result { selectedEpoch trainAccuracy trainLoss validationAccuracy validationLoss testAccuracy testLoss } }
  cohort { ensembleValidationAccuracy ensembleValidationLoss ensembleTestAccuracy ensembleTestLoss disagreement }
  metrics {
    epochs { network epoch trainLoss trainTerms trainAccuracy trainEntropy validationLoss validationAccuracy validationEntropy learningRate }
    cohort { epoch ensembleValidationLoss ensembleValidationAccuracy disagreement }
  }
  log { seq text }
`;

export async function schedule(api: ChaosApi, spec: unknown, seed: number, execution: Record<string, unknown> = {}): Promise<string> {
  const { scheduleRuns } = await api.ask<{ scheduleRuns: { id: string }[] }>(
    'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }',
    {
      input: { spec, seeds: [seed], execution },
    },
  );
  return scheduleRuns[0]?.id ?? '';
}

export const findRun = (api: ChaosApi, id: string): Promise<Run> => find(api, id, RUN);
export const findStanding = (api: ChaosApi, id: string): Promise<Standing> => find(api, id, STANDING);

async function find<Found>(api: ChaosApi, id: string, fields: string): Promise<Found> {
  const { run } = await api.ask<{ run: Found | null }>(`query ($id: ID!) { run(id: $id) { ${fields} } }`, { id });
  if (!run) throw new Error(`there is no run ${id}`);
  return run;
}

/** Waits until the run is as described. */
export function untilRun(
  api: ChaosApi,
  id: string,
  condition: string,
  holds: (run: Standing) => boolean,
  seconds?: number,
): Promise<Standing> {
  return until(`run ${id} ${condition}`, () => findStanding(api, id), holds, seconds);
}

/** The run once it has succeeded. @throws Error when it ends otherwise. */
export async function untilSucceeded(api: ChaosApi, id: string, seconds?: number): Promise<Run> {
  const { state, reason, attempts } = await untilRun(api, id, 'ends', (run) => ended.includes(run.state), seconds);
  if (state !== 'SUCCEEDED') throw new Error(`run ${id} is ${state}: ${reason ?? attempts.map(({ error }) => error).join('; ')}`);
  // The answer that told of the end may have been put together while it came: its parts are read one after another.
  return findRun(api, id);
}

export const ended = ['SUCCEEDED', 'FAILED', 'CANCELLED'];

/** What two runs of one spec and seed must have in common, however they were interrupted. */
export function numbersOf({ networks, cohort, metrics }: Run) {
  return { networks, cohort, epochs: metrics.epochs, cohortEpochs: metrics.cohort };
}

/** The epochs of each network, in the order they stand: each exactly once, if nothing was lost or doubled. */
export function epochsByNetwork({ metrics, networks }: Run): number[][] {
  return networks.map(({ index }) => metrics.epochs.filter(({ network }) => network === index).map(({ epoch }) => epoch));
}
