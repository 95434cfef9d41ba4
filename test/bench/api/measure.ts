import { availableParallelism, cpus, loadavg } from 'node:os';
import type { Database } from './database.ts';
import { type Home, measureHome } from './home.ts';
import { type MeasuredHouse, openHouse } from './house.ts';
import { measureLeaderboard, type Questions } from './leaderboard.ts';
import { asJson, connection } from './load/client.ts';
import { type Mlflow, openMlflow, searches } from './mlflow.ts';
import type { Options, PartName } from './options.ts';
import type { Spread } from './quantiles.ts';
import { measureRows, oneFigure, type Rows } from './rows.ts';
import { measureSubscribers, type Subscribers } from './subscribers.ts';
import { measureViewers, type Viewers } from './viewers.ts';

/** What was measured; of parts left out, nothing. Times in milliseconds. */
export type Report = {
  machine: string;
  node: string;
  /** Of the machine, over one minute, as the measurement began and as it ended. */
  load: { began: number; ended: number };
  runs: number;
  epochRows: number;
  leaderboard?: Questions['leaderboard'];
  runsList?: Questions['runsList'];
  /** By trainers × epochs a commit. */
  rowsPerSecond?: Record<string, number>;
  commits?: Record<string, Rows>;
  subscribers?: Subscribers;
  viewers?: Viewers[];
  home?: Home;
  mlflow: MlflowReport | null;
  /** Parts that could not be measured, and why. */
  failed: Partial<Record<PartName, string>>;
};

export type MlflowReport = {
  version: string;
  searchRuns?: Record<string, Spread>;
  rowsPerSecond?: Record<string, number>;
  /** How many times faster we are: its milliseconds over ours, our rows per second over its. */
  ratios: Record<string, number>;
};

/** @param say what is under way. */
export async function measure(database: Database, options: Options, python: string | null, say: (line: string) => void): Promise<Report> {
  const { runs, epochs } = options;
  const rowsEach = 2 * epochs;
  say(`${runs} runs with ${runs * rowsEach} epoch rows are written`);
  const house = await openHouse(database, runs, epochs);
  let mlflow: Mlflow | null = null;
  try {
    if (python && (options.only.includes('leaderboard') || options.only.includes('rows'))) {
      say('as many are written for MLflow');
      mlflow = await openMlflow(python, database.url, runs, rowsEach);
    }
    return await measureParts(house, options, mlflow, rowsEach, say);
  } finally {
    await mlflow?.close();
    await house.close();
  }
}

/** Measures the parts that were asked for. @param rowsEach epoch rows of each run */
export async function measureParts(
  house: MeasuredHouse,
  { runs, seconds, subscribers, viewers, trainers, only }: Options,
  mlflow: Mlflow | null,
  rowsEach: number,
  say: (line: string) => void,
): Promise<Report> {
  const failed: Report['failed'] = {};
  const part = async <Found>(name: PartName, work: () => Promise<Found>): Promise<Found | undefined> => {
    if (!only.includes(name)) return undefined;
    say(`${name} (load ${(loadavg()[0] ?? 0).toFixed(1)})`);
    try {
      return await work();
    } catch (error) {
      failed[name] = `${error instanceof Error ? error.message : error}; the API said: ${house.api.output.slice(-2000)}`;
      say(`${name} could not be measured: ${failed[name]}`);
      return undefined;
    }
  };
  const began = loadavg()[0] ?? 0;
  const questions = await part('leaderboard', () => measureLeaderboard(house, seconds, mlflow ? searchesOf(mlflow) : {}));
  const rows = await part('rows', () => measureRows(house, seconds, mlflow));
  const watched = await part('subscribers', () => measureSubscribers(house, subscribers, seconds));
  const viewed = await part('viewers', () => measureViewers(house, viewers, trainers, seconds));
  const home = await part('home', () => measureHome(house, seconds));
  return {
    machine: `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores`,
    node: process.version,
    load: { began, ended: loadavg()[0] ?? 0 },
    runs,
    epochRows: runs * rowsEach,
    ...(questions && { leaderboard: questions.leaderboard, runsList: questions.runsList }),
    ...(rows && { rowsPerSecond: perSecond(rows.own), commits: rows.own }),
    ...(watched && { subscribers: watched }),
    ...(viewed && { viewers: viewed }),
    ...(home && { home }),
    mlflow: mlflow && {
      version: mlflow.version,
      ...(questions && { searchRuns: questions.beside }),
      ...(rows && { rowsPerSecond: perSecond(rows.mlflow) }),
      ratios: { ...(questions && searchRatios(questions)), ...(rows && rowRatios(rows)) },
    },
    failed,
  };
}

const perSecond = (rows: Record<string, Rows>) =>
  Object.fromEntries(Object.entries(rows).map(([name, { rowsPerSecond }]) => [name, rowsPerSecond]));

function searchesOf(mlflow: Mlflow) {
  const { post } = connection(`${mlflow.url}/api/2.0/mlflow/runs/search`, asJson());
  return Object.fromEntries(Object.entries(searches(mlflow)).map(([name, body]) => [name, { post, body }]));
}

/** Each of its searches over the same question of ours. */
function searchRatios({ leaderboard: { questions }, beside }: Questions): Record<string, number> {
  const ratios = Object.entries(beside).flatMap(([name, theirs]) => {
    const question = name.replace('MLflow: ', '');
    const own = questions[question];
    return own ? [[`${question}, p50`, theirs.p50 / own.p50] as const, [`${question}, p95`, theirs.p95 / own.p95] as const] : [];
  });
  return Object.fromEntries(ratios);
}

function rowRatios({ own, mlflow }: { own: Record<string, Rows>; mlflow: Record<string, Rows> }): Record<string, number> {
  const ratios = Object.entries(own).flatMap(([way, { rowsPerSecond }]) =>
    [way, oneFigure(way)].flatMap((name) => (mlflow[name] ? [[name, rowsPerSecond / mlflow[name].rowsPerSecond] as const] : [])),
  );
  return Object.fromEntries(ratios);
}
