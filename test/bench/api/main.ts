import { availableParallelism, cpus, loadavg } from 'node:os';
import { openDatabase, openHouse } from './house.ts';
import { measureLeaderboard } from './leaderboard.ts';
import { HELP, type Options, type PartName, readOptions } from './options.ts';
import { measureRows } from './rows.ts';

/** `npm run bench -- api …`. Gives the exit code. */
export const api = async (args: string[]): Promise<number> => {
  const options = readOptions(args);
  if (!options) {
    process.stdout.write(HELP);
    return 0;
  }
  const database = await openDatabase();
  try {
    const report = await measure(database, options);
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await database.drop();
  }
  return 0;
};

export async function measure(database: Awaited<ReturnType<typeof openDatabase>>, { runs, epochs, seconds, only }: Options) {
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
    };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\nThe API said: ${house.api.output.slice(-4000)}`, { cause: error });
  } finally {
    await house.close();
  }
}
