import { setTimeout as delay } from 'node:timers/promises';
import { schedule } from '../../../api/src/testing/fleet.ts';
import { independentSpec } from '../../chaos/fleet/specs.ts';
import { expectData } from './answers.ts';
import type { MeasuredHouse } from './house.ts';
import { OpenPages } from './pages.ts';
import { type Spread, spread } from './quantiles.ts';
import { boardQuestions, documents } from './questions.ts';
import { beginTraining, endTraining, joinTrainer } from './trainers.ts';

export type Viewers = {
  viewers: number;
  commitsPerSecond: number;
  /** Of those without any viewer, before and after. */
  ofThoseAlone: number;
  commitMs: Spread;
  /** Ms from a run's end being sent until the last board showed it; of one that did not within ten seconds: ten. */
  ageMs: Spread;
  /** Boards that were not shown an end within ten seconds, over all ends. */
  missed: number;
  /** What was refused, and subscriptions that ended. */
  errors: number;
  firstError?: string | undefined;
  megabytesPerSecond: number;
};

const withinMs = 10_000;
/** Between two ends of runs: what changes a board. */
const pauseMs = 1000;

/**
 * What a viewer has open: every other one the first page as it comes, the others each a question of their own. The run that ends, of an
 * mlp-32, comes first in all of them.
 */
function boardOf(viewer: number): object {
  const first = boardQuestions['by validation accuracy'];
  if (viewer % 2 === 0) return { ...first };
  const own = (viewer - 1) / 2;
  return {
    ...first,
    sort: own % 2 === 0 ? 'TEST_ACCURACY' : 'VALIDATION_ACCURACY',
    filter: { models: ['mlp-32', `mlp-${3 + (own % 10)}`], ...(own % 3 === 0 ? { dataset: 'shapes-16' } : {}) },
    first: 100 - Math.floor(own / 30),
  };
}

/**
 * Trainers that commit an epoch at a time, as fast as they can, while so many leaderboards are open and a run ends every second.
 *
 * @param numbers of viewers; each is held against the commits without any, measured before and after.
 */
export async function measureViewers(
  house: MeasuredHouse,
  numbers: readonly number[],
  trainers: number,
  seconds: number,
): Promise<Viewers[]> {
  const training = await beginTraining(house, trainers);
  const to = { url: house.api.url, token: house.target.trainerToken, leases: training.map(({ lease }) => lease) };
  const ends = await endsOfRuns(house);
  let after = 0;
  const commits = async (viewers: number, during: () => Promise<void>) => {
    const [report] = await Promise.all([house.commits.run({ to, after, epochsPerCommit: 1, checkpointBytes: 0, seconds }), during()]);
    after = report.last;
    if (viewers === 0 && report.errors.length > 0) throw new Error(`A commit was not taken: ${report.errors[0]}`);
    return report;
  };
  const alone = () =>
    commits(0, () =>
      during(seconds, async () => {
        const { end } = await ends.prepare();
        await end();
      }),
    );
  const measured: Viewers[] = [];
  try {
    // Once for plans and caches, and for code that is compiled as it runs.
    await alone();
    let before = await alone();
    for (const viewers of numbers) {
      const pages = new OpenPages(house);
      try {
        const refused = await pages.open(viewers, documents.leaderboardChanged, boardOf);
        const seen = { took: [] as number[], missed: 0, errors: refused, bytes: 0 };
        const report = await commits(viewers, () =>
          during(seconds, async () => {
            try {
              const run = await ends.prepare();
              const { took, waiting, errors, bytes } = await pages.until(run.accuracy, withinMs, run.end);
              seen.took.push(waiting > 0 ? withinMs : Math.max(0, ...took));
              seen.missed += viewers - took.length;
              seen.errors.push(...errors);
              seen.bytes += bytes;
            } catch (error) {
              seen.errors.push(error instanceof Error ? error.message : String(error));
            }
          }),
        );
        await pages.close();
        const next = await alone();
        const errors = [...report.errors, ...seen.errors];
        measured.push({
          viewers,
          commitsPerSecond: report.commits / report.seconds,
          ofThoseAlone: report.commits / report.seconds / ((before.commits + next.commits) / (before.seconds + next.seconds)),
          commitMs: spread(report.took),
          ageMs: spread(seen.took),
          missed: seen.missed,
          errors: errors.length,
          firstError: errors[0],
          megabytesPerSecond: seen.bytes / 1e6 / report.seconds,
        });
        before = next;
      } finally {
        await pages.close();
      }
    }
  } finally {
    await endTraining(house, training);
  }
  return measured;
}

/** Again and again for so long; begun at most once a second, and once at least. */
async function during(seconds: number, act: () => Promise<void>): Promise<void> {
  const until = performance.now() + seconds * 1000;
  do {
    const next = performance.now() + pauseMs;
    await act();
    await delay(Math.max(0, Math.min(next, until) - performance.now()));
  } while (performance.now() < until);
}

/** Runs that come to lead the board, each of a group of its own, by an accuracy that no other has. */
async function endsOfRuns(house: MeasuredHouse) {
  const api = house.target.api();
  const trainer = await joinTrainer(house);
  const { training, ...spec } = independentSpec(2);
  let ended = 0;
  return {
    /** One that only has to end. */
    prepare: async () => {
      ended += 1;
      await schedule(api, { ...spec, training: { ...training, learningRate: 0.01 + ended / 1e5 } });
      const claim = await trainer.claimOrFail();
      await trainer.commitTo(claim, [1, 2]);
      // Always of seven digits, so that none is the beginning of another.
      const accuracy = `0.99${String(ended).padStart(4, '0')}1`;
      return { accuracy, end: () => expectData(trainer.finish(claim, [Number(accuracy)])) };
    },
  };
}
