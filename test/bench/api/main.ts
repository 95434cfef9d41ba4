import { availableParallelism, cpus, loadavg } from 'node:os';
import { ensureProgramsBuilt } from '../../../start/programs.mjs';
import { runBuild } from '../../chaos/fleet/service.ts';
import { type Database, openDatabase, openHouse } from './house.ts';
import { measureLeaderboard } from './leaderboard.ts';
import { HELP, type Options, type PartName, readOptions } from './options.ts';
import { measureRows } from './rows.ts';
import { measureSubscribers } from './subscribers.ts';
import { measureViewers } from './viewers.ts';

/** `npm run bench -- api …`. Gives the exit code. */
export const api = async (args: string[]): Promise<number> => {
  const options = readOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  runBuild(await ensureProgramsBuilt());
  const database = await openDatabase();
  try {
    const report = await measure(database, options);
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await database.drop();
  }
  return 0;
};

export async function measure(database: Database, { runs, epochs, seconds, subscribers, viewers, trainers, only }: Options) {
  const say = (what: string) => process.stderr.write(`${what}\n`);
  say(`${runs} runs with ${runs * 2 * epochs} epoch rows are written`);
  const before = loadavg()[0];
  const house = await openHouse(database, runs, epochs);
  try {
    const part = async <Report>(name: PartName, work: () => Promise<Report>) => {
      if (!only.includes(name)) return undefined;
      say(name);
      return await work();
    };
    const questions = await part('leaderboard', () => measureLeaderboard(house, seconds));
    const rows = await part('rows', () => measureRows(house, seconds));
    const watched = await part('subscribers', () => measureSubscribers(house, subscribers, seconds));
    const viewed = await part('viewers', () => measureViewers(house, viewers, trainers, seconds));
    return {
      machine: `${cpus()[0]?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores`,
      load: { before, after: loadavg()[0] },
      node: process.version,
      runs,
      epochRows: runs * 2 * epochs,
      leaderboard: questions?.leaderboard,
      runsList: questions?.runsList,
      rowsPerSecond: rows && Object.fromEntries(Object.entries(rows).map(([name, { rowsPerSecond }]) => [name, rowsPerSecond])),
      rows,
      subscribers: watched,
      viewers: viewed,
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\nThe API said: ${house.api.output.slice(-4000)}`, { cause: error });
  } finally {
    await house.close();
  }
}
