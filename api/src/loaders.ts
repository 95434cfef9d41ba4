import type { Figure, Split } from '@studyhall/contract/measures/measure.ts';
import DataLoader from 'dataloader';
import { atOneMoment, type Db } from './db.ts';
import { type AnnouncedDataset, findPresetDatasets } from './deck/datasets.ts';
import type { Run } from './generated/prisma/client.ts';
import { groupBy } from './group-by.ts';
import { type BoardRow, readGroups } from './leaderboard/board.ts';
import { type LogitsLoader, logitsLoader } from './logits/find-logits.ts';
import { type MetricsPage, readMetrics } from './metrics/page.ts';
import { findAnalysesOfRuns } from './sql/analyses.ts';
import { type CountingRun, findCountingRuns } from './sql/counting-runs.ts';
import { type RunMeasurement, readFinalMeasurements } from './sql/measurements.ts';
import type { MetricsSlice } from './sql/metrics-page.ts';
import {
  countArchivedOfExperiments,
  countRunsOfDatasets,
  countRunsOfExperiments,
  countRunsOfModels,
  findQueuePlaces,
  findQueuePlacesOfJobs,
  type QueuePlace,
} from './sql/queue.ts';

export type RunCounts = Record<'total' | 'blocked' | 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled', number>;

/** What fields of many nodes read together: one statement for all of them, whatever the page's length. */
export type Loaders = ReturnType<typeof createLoaders>;

export function createLoaders({ db }: { db: Db }) {
  const logits = new Map<Split, LogitsLoader>();
  const metrics = new Map<string, DataLoader<string, MetricsPage | undefined>>();
  const finals = new Map<string, DataLoader<string, RunMeasurement[]>>();
  const groups = new Map<object, DataLoader<string, Run[]>>();
  return {
    queuePlace: new DataLoader<string, QueuePlace | undefined>(async (ids) => align(ids, await findQueuePlaces(db, ids), 'run_id')),
    queuePlaceOfJob: new DataLoader<string, QueuePlace | undefined>(async (ids) =>
      align(ids, await findQueuePlacesOfJobs(db, ids), 'job_id'),
    ),
    /** Ids of the analyses about weights of a run, newest first. */
    analysesOfRun: new DataLoader<string, string[]>(async (ids) => {
      const rows = groupBy(await findAnalysesOfRuns(db, ids), ({ runId }) => runId);
      return ids.map((id) => (rows.get(id) ?? []).map((row) => row.id));
    }),
    experimentCounts: new DataLoader<string, RunCounts>(async (ids) => {
      const rows = await countRunsOfExperiments(db, ids);
      return ids.map((id) => sumStates(rows.filter(({ owner }) => owner === id)));
    }),
    archivedRuns: new DataLoader<string, number>(async (ids) => counts(ids, await countArchivedOfExperiments(db, ids))),
    modelRuns: new DataLoader<string, number>(async (ids) => counts(ids, await countRunsOfModels(db, ids))),
    datasetRuns: new DataLoader<string, number>(async (ids) => counts(ids, await countRunsOfDatasets(db, ids))),
    /** One loader per split. */
    logits: (split: Split) => remember(logits, split, () => logitsLoader(db, split)),
    /** One loader per place in the query: all groups that are asked for there are read at once, with all that was asked of their runs. */
    runsOfGroup: (place: object, query: object) =>
      remember(groups, place, () => {
        return new DataLoader<string, Run[]>(async (keys) => {
          const where = { groupKey: { in: [...keys] }, archivedAt: null };
          const runs = await atOneMoment(db, (tx) =>
            tx.run.findMany({ ...query, where, orderBy: [{ seed: 'asc' }, { createdAt: 'asc' }] }),
          );
          return keys.map((key) => runs.filter(({ groupKey }) => groupKey === key));
        });
      }),
    datasetNamed: new DataLoader<string, AnnouncedDataset | undefined>(async (names) => {
      const datasets = await findPresetDatasets(db, names);
      return names.map((name) => datasets.get(name));
    }),
    /** The leaderboard's rows of a group, teachers trained within its runs among them. */
    boardOfGroup: new DataLoader<string, BoardRow[]>(async (keys) => {
      const rows = await readGroups(db, keys);
      return keys.map((key) => rows.filter(({ group_key }) => group_key === key));
    }),
    /** Of each of a group's seeds the run that counts. */
    countingRuns: new DataLoader<string, CountingRun[]>(async (keys) => {
      const runs = await findCountingRuns(db, keys);
      return keys.map((key) => runs.filter(({ group_key }) => group_key === key));
    }),
    /** Final figures of runs: one loader per measure and split that is asked for by itself. */
    finalMeasurements: (figure?: Figure) =>
      remember(finals, figure ? `${figure.measure} ${figure.split}` : '', () => {
        return new DataLoader<string, RunMeasurement[]>(async (ids) => {
          const rows = groupBy(await readFinalMeasurements(db, ids, figure), ({ runId }) => runId);
          return ids.map((id) => rows.get(id) ?? []);
        });
      }),
    /** One loader per slice: a page of runs asks for all of theirs from the same one. */
    metrics: (slice: MetricsSlice) =>
      remember(metrics, `${slice.after} ${slice.points ?? ''}`, () => {
        return new DataLoader<string, MetricsPage | undefined>(async (ids) => {
          const pages = await readMetrics(db, ids, slice);
          return ids.map((id) => pages.get(id));
        });
      }),
  };
}

function remember<Key, Value>(known: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = known.get(key) ?? make();
  known.set(key, found);
  return found;
}

function align<Row extends object, Key extends keyof Row>(ids: readonly string[], rows: readonly Row[], key: Key): (Row | undefined)[] {
  const byId = new Map(rows.map((row) => [row[key], row]));
  return ids.map((id) => byId.get(id as Row[Key]));
}

function counts(ids: readonly string[], rows: readonly { owner: string; count: number }[]): number[] {
  return align(ids, rows, 'owner').map((row) => row?.count ?? 0);
}

/** Counts by state, as the contract names them. */
export function sumStates(rows: readonly { state: string; count: number }[]): RunCounts {
  const of = (state: string) => rows.reduce((sum, row) => (row.state === state ? sum + row.count : sum), 0);
  return {
    total: rows.reduce((sum, row) => sum + row.count, 0),
    blocked: of('BLOCKED'),
    queued: of('QUEUED'),
    running: of('RUNNING'),
    succeeded: of('SUCCEEDED'),
    failed: of('FAILED'),
    cancelled: of('CANCELLED'),
  };
}
