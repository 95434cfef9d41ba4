import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ended, epochsByNetwork, findRun, findStanding, numbersOf, type Run, schedule } from '../fleet/runs.ts';
import { mutualSpec } from '../fleet/specs.ts';
import { until } from '../fleet/until.ts';
import { Draws } from './draws.ts';
import { Parts, type PartsOptions } from './parts.ts';
import { drawStrike, restartPostgres } from './strikes.ts';
import { Viewer } from './viewer.ts';

export type ChaosOptions = PartsOptions & {
  seed: number;
  /** How long parts are struck; what is under way then ends in peace. */
  seconds: number;
  say?(line: string): void;
};

export type ChaosReport = {
  runs: number;
  strikes: string[];
  viewers: number;
  /** What should not have been: empty. */
  faults: string[];
};

const EPOCHS = 4;
const SEEDS = [1, 2, 3];
const every = Array.from({ length: EPOCHS }, (_, index) => index + 1);

/** Kills parts of a whole house by chance while it works, and reports what was lost, doubled or different by it. */
export async function strikeTogether({ seed, seconds, say = () => {}, ...options }: ChaosOptions): Promise<ChaosReport> {
  const draws = new Draws(seed);
  const parts = await Parts.open(options);
  const viewers: Viewer[] = [];
  const strikes: string[] = [];
  try {
    const undisturbed = await Promise.all(SEEDS.map((own) => parts.patiently((api) => begin(api, own)).then((id) => end(parts, id))));
    say(`${undisturbed.length} runs were left undisturbed`);
    const ids: string[] = [];
    const token = await parts.patiently(async (api) => api.key);
    const addresses = parts.webs.length > 0 ? parts.webs.map(({ url }) => url) : [parts.url];
    const scheduleNext = async () => {
      const id = await parts.patiently((api) => begin(api, SEEDS[ids.length % SEEDS.length] ?? 1));
      ids.push(id);
      let turn = ids.length;
      viewers.push(new Viewer(() => addresses[turn++ % addresses.length] ?? parts.url, token, id));
    };
    for (const _ of SEEDS) await scheduleNext();

    const until = performance.now() + seconds * 1000;
    let postgresAt = performance.now() + (seconds * 1000) / 2;
    while (performance.now() < until) {
      await delay(draws.between(300, 1500));
      const strike = performance.now() > postgresAt ? restartPostgres(parts) : drawStrike(parts, draws);
      if (performance.now() > postgresAt) postgresAt = Number.POSITIVE_INFINITY;
      say(strike.what);
      strikes.push(strike.what);
      await strike.carryOut();
      const waiting = await parts.patiently((api) => unended(api, ids));
      for (let i = waiting; i < SEEDS.length; i++) await scheduleNext();
    }
    // On a busy machine one strike may have taken all the time.
    if (postgresAt !== Number.POSITIVE_INFINITY) {
      const strike = restartPostgres(parts);
      say(strike.what);
      strikes.push(strike.what);
      await strike.carryOut();
    }
    say('the strikes are over');
    const runs = await Promise.all(ids.map((id) => end(parts, id)));
    const faults = runs.flatMap((run, i) => faultsOf(run, undisturbed[i % SEEDS.length] as Run));
    faults.push(...(await Promise.all(viewers.map((viewer) => faultsSeen(viewer)))).flat());
    return { runs: runs.length, strikes, viewers: viewers.length, faults };
  } finally {
    await Promise.all(viewers.map((viewer) => viewer.close()));
    await parts.close();
  }
}

type Api = Parameters<typeof schedule>[0];

/** Its trainers are killed more often than three times. */
const begin = (api: Api, seed: number) => schedule(api, mutualSpec(EPOCHS), seed, { maxFailures: 20 });

async function unended(api: Api, ids: readonly string[]): Promise<number> {
  const found = await Promise.all(
    ids.map((id) => api.ask<{ run: { state: string } }>('query ($id: ID!) { run(id: $id) { state } }', { id })),
  );
  return found.filter(({ run }) => !ended.includes(run.state)).length;
}

async function end(parts: Parts, id: string): Promise<Run> {
  const read = () => parts.patiently((api) => findStanding(api, id));
  await until(`run ${id} ends`, read, ({ state }) => ended.includes(state), 180);
  return parts.patiently((api) => findRun(api, id));
}

function faultsOf(run: Run, undisturbed: Run): string[] {
  if (run.state !== 'SUCCEEDED') return [`run ${run.id} is ${run.state}: ${run.reason}`];
  const wrong = epochsByNetwork(run).filter((epochs) => !isDeepStrictEqual(epochs, every));
  return [
    ...wrong.map((epochs) => `run ${run.id} has the epochs ${epochs}`),
    ...(isDeepStrictEqual(numbersOf(run), numbersOf(undisturbed)) ? [] : [`run ${run.id} has other numbers than undisturbed`]),
  ];
}

async function faultsSeen(viewer: Viewer): Promise<string[]> {
  const seen = () => [0, 1].map((network) => viewer.epochsOf(network));
  const last = await until('a viewer has seen all', seen, (all) => isDeepStrictEqual(all, [every, every]), 30).catch(seen);
  const missed = isDeepStrictEqual(last, [every, every]) ? [] : [`a viewer of ${viewer.runId} saw ${JSON.stringify(last)}`];
  return viewer.doubled > 0 ? [...missed, `a viewer of ${viewer.runId} saw ${viewer.doubled} rows twice`] : missed;
}
