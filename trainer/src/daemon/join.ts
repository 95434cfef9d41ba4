import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus, hostname } from 'node:os';
import { join as joinPath } from 'node:path';
import { contractVersion } from '@studyhall/contract/fleet/contract-version.ts';
import { onEndSignals, onStarterGone } from '../../../start/machine/signals.mjs';
import { Api, parseApiUrl } from '../client/api.ts';
import { isRefusal, isTokensEnd, NotStudyhall } from '../client/errors.ts';
import type { RegisterTrainerInput } from '../client/generated/graphql.ts';
import { dataFolders } from '../data/folders.ts';
import { KeptSurvey } from '../data/kept-survey.ts';
import { ownVersion } from '../version.ts';
import { announceDatasets } from './announce.ts';
import { Daemon } from './daemon.ts';
import { findEngines } from './engines.ts';
import { exitCodes, JoinEnded } from './exit-codes.ts';
import { openHome } from './home.ts';
import { IdleBenchmark } from './idle-benchmark.ts';
import { createLog, type Log } from './log.ts';
import { type Ending, type Limits, WorkLimits } from './work-limits.ts';

/** As many characters as the contract allows; the names of pods and cloud hosts may be longer. */
const MOST_IN_NAME = 100;

export type JoinOptions = {
  readonly api: string;
  /** Absent: the one that an API on this machine left in its home. */
  readonly token: string | undefined;
  readonly slots: number;
  /** CPU threads of each run. */
  readonly threads: number;
  readonly name: string | undefined;
  /** One engine's name, or `auto` for all that work here. */
  readonly engine: string;
  readonly limits: Limits;
  /** Folder of everything Studyhall keeps on this machine. */
  readonly home: string;
};

const endings: Record<Ending, string> = {
  idle: 'idle for as long as it was to be: ended by itself',
  'enough runs': 'took as many runs as it was to: ended by itself',
};

/**
 * Joins a fleet and works until a signal ends it, or its limits do. The process's exit code.
 *
 * @throws JoinEnded when the API does not take this trainer.
 */
export async function join(options: JoinOptions, log: Log = createLog()): Promise<number> {
  const address = { url: parseApiUrl(options.api), token: await findToken(options) };
  const engines = chooseEngines(options.engine);
  const home = await openHome(joinPath(options.home, 'trainer'), log);
  const version = await ownVersion();
  const benchmark = new IdleBenchmark({ path: home.benchmarks, version, engines, log });
  const datasets = new KeptSurvey(dataFolders());
  const daemon = new Daemon({
    api: new Api(address),
    home,
    log,
    engines,
    benchmark,
    describe: async () => ({
      ...(await describeTrainer(options, await engines, datasets)),
      key: home.key,
      home: home.stamp,
      version,
      benchmarks: [...(await benchmark.known())],
    }),
    threads: options.threads,
    limits: options.limits,
    childEntry: new URL('./child.ts', import.meta.url),
  });
  const signals = onSignals(daemon, log);
  try {
    const ending = await daemon.run();
    if (ending) log.info(endings[ending]);
    return signals.forced() ? exitCodes.hurried : exitCodes.ended;
  } catch (error) {
    if (isRefusal(error, 'OUTDATED')) throw new JoinEnded(exitCodes.outdated, error.message);
    if (error instanceof NotStudyhall) throw new JoinEnded(exitCodes.refused, error.message);
    // What is said of a token that was known says what to do, too.
    if (isTokensEnd(error) || (isRefusal(error, 'FORBIDDEN') && error.details.reason === 'bound'))
      throw new JoinEnded(exitCodes.refused, `${address.url.origin}: ${error.message}`);
    if (isRefusal(error, 'UNAUTHENTICATED', 'FORBIDDEN')) {
      throw new JoinEnded(
        exitCodes.refused,
        `${address.url.origin} does not accept this token for a trainer (${error.message}). Ask for one with the role TRAINER.`,
      );
    }
    throw error;
  } finally {
    signals.remove();
    home.release();
  }
}

/** The first signal, or the end of the starter that started this process, stops in good order, the second signal at once. */
function onSignals(daemon: Daemon, log: Log): { forced(): boolean; remove(): void } {
  let forced = false;
  const remove = onEndSignals((signal, count) => {
    if (count > 1) {
      forced = true;
      log.warn(`${signal} again: ending at once`);
      return daemon.kill();
    }
    log.info(`${signal}: finishing the batch, handing back what runs (again: end at once)`);
    daemon.stop();
  });
  onStarterGone(() => {
    log.warn('what started this trainer is gone: finishing the batch, handing back what runs');
    daemon.stop();
  });
  return { forced: () => forced, remove };
}

async function findToken({ token, home }: JoinOptions): Promise<string> {
  if (token?.trim()) return token.trim();
  const path = joinPath(home, 'trainer-token');
  const kept = await readFile(path, 'utf8').catch(() => '');
  if (kept.trim() === '') throw new Error(`no token: give --token or STUDYHALL_TOKEN (there is none in ${path} either)`);
  return kept.trim();
}

async function chooseEngines(wanted: string): Promise<string[]> {
  const available = await findEngines();
  if (wanted === 'auto') return available;
  if (!available.includes(wanted))
    throw new Error(
      `no engine "${wanted}" works here; there is: auto, ${available.join(', ')}. npm run trainer -- bench --engine ${wanted} says why`,
    );
  return [wanted];
}

async function describeTrainer(
  { name, slots, limits }: JoinOptions,
  engines: string[],
  datasets: KeptSurvey,
): Promise<Omit<RegisterTrainerInput, 'key' | 'home' | 'version' | 'benchmarks'>> {
  const host = hostname();
  const cpu = cpus()[0]?.model ?? process.arch;
  return {
    name: name ?? host.slice(0, MOST_IN_NAME),
    host,
    engines,
    device: `${cpu}, ${availableParallelism()} cores`,
    slots,
    contract: contractVersion,
    ephemeral: new WorkLimits(limits).ephemeral,
    ...announceDatasets(await datasets.current()),
  };
}
