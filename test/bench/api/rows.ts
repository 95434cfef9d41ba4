import type { MeasuredHouse } from './house.ts';
import type { CommitOrder, CommitReport } from './load/commits.ts';
import { LoadProcess } from './load/process.ts';
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

/** Turns taken by each way, so that none is measured in a quiet moment alone. */
const turns = 3;

/** Epoch rows per second that are acknowledged, and so durable, by the way they come in. */
export async function measureRows(house: MeasuredHouse, seconds: number): Promise<Record<string, Rows>> {
  const training = await beginTraining(house, 8);
  const leases = training.map(({ lease }) => lease);
  const load = new LoadProcess<CommitOrder, CommitReport>('commits.ts');
  const reports: Record<string, CommitReport[]> = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
  let after = 0;
  try {
    for (let turn = 0; turn < turns; turn++) {
      for (const [name, { trainers, ...way }] of Object.entries(ways)) {
        const report = await load.run({
          to: { url: house.api.url, token: house.target.trainerToken, leases: leases.slice(0, trainers) },
          after,
          seconds: seconds / turns,
          ...way,
        });
        if (report.errors.length > 0) throw new Error(`A commit (${name}) was not taken: ${report.errors[0]}`);
        after = report.last;
        reports[name]?.push(report);
      }
    }
  } finally {
    await load.end();
    await endTraining(house, training);
  }
  return Object.fromEntries(Object.entries(reports).map(([name, all]) => [name, rowsOf(all)]));
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
