import type { MeasuredHouse } from './house.ts';
import type { CommitOrder, CommitReport, To } from './load/commits.ts';
import type { Mlflow } from './mlflow.ts';
import { type Spread, spread } from './quantiles.ts';
import { beginTraining, endTraining } from './trainers.ts';

export type Rows = { rowsPerSecond: number; commitsPerSecond: number; commitMs: Spread };

type Way = Pick<CommitOrder, 'epochsPerCommit' | 'checkpointBytes'> & { trainers: number };

/** How rows come in: trainers × epochs a commit; with a checkpoint it is as trainers do by default. */
const ways: Readonly<Record<string, Way>> = {
  '1x1': { trainers: 1, epochsPerCommit: 1, checkpointBytes: 0 },
  '1x25': { trainers: 1, epochsPerCommit: 25, checkpointBytes: 0 },
  '8x1': { trainers: 8, epochsPerCommit: 1, checkpointBytes: 0 },
  '8x25': { trainers: 8, epochsPerCommit: 25, checkpointBytes: 0 },
  '8x1 checkpoint': { trainers: 8, epochsPerCommit: 1, checkpointBytes: 200_000 },
};

/** How rows that hold one figure each came into MLflow, where ours hold eight. */
export const oneFigure = (way: string) => `${way}, one figure each`;

/** Turns taken by each way, so that none is measured in a quiet moment alone. */
const turns = 3;

/** Epoch rows per second that are acknowledged, and so durable, by the way they come in; and those that MLflow takes, in turns. */
export async function measureRows(
  house: MeasuredHouse,
  seconds: number,
  mlflow: Mlflow | null,
): Promise<{ own: Record<string, Rows>; mlflow: Record<string, Rows> }> {
  const training = await beginTraining(house, 8);
  const own = new Map<string, CommitReport[]>();
  const others = new Map<string, CommitReport[]>();
  let after = 0;
  const measure = async (to: To, name: string, { trainers: _, ...way }: Way, into: Map<string, CommitReport[]>) => {
    const report = await house.commits.run({ to, after, seconds: seconds / turns, ...way });
    if (report.errors.length > 0) throw new Error(`A commit (${name}) was not taken: ${report.errors[0]}`);
    after = Math.max(after, report.last);
    into.set(name, [...(into.get(name) ?? []), report]);
  };
  try {
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, way] of Object.entries(ways)) {
        const leases = training.slice(0, way.trainers).map(({ lease }) => lease);
        await measure({ url: house.api.url, token: house.target.trainerToken, leases }, name, way, own);
        if (!mlflow || way.checkpointBytes > 0) continue;
        const beside = { url: mlflow.url, runs: mlflow.runs.slice(0, way.trainers) };
        await measure({ ...beside, figures: 'all' }, name, way, others);
        await measure({ ...beside, figures: 'one' }, oneFigure(name), way, others);
      }
    }
  } finally {
    await endTraining(house, training);
  }
  const rows = (reports: Map<string, CommitReport[]>) => Object.fromEntries([...reports].map(([name, all]) => [name, rowsOf(all)]));
  return { own: rows(own), mlflow: rows(others) };
}

function rowsOf(reports: readonly CommitReport[]): Rows {
  const sum = (read: (report: CommitReport) => number) => reports.reduce((total, report) => total + read(report), 0);
  const seconds = sum((report) => report.seconds);
  return {
    rowsPerSecond: sum(({ rows }) => rows) / seconds,
    commitsPerSecond: sum(({ commits }) => commits) / seconds,
    commitMs: spread(reports.flatMap(({ took }) => took)),
  };
}
