import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Analysis, askOf, findAnalysis, untilEnded, untilRunning } from './fleet/analyses.ts';
import { ChaosHouse } from './fleet/house.ts';
import { schedule, untilSucceeded } from './fleet/runs.ts';
import { independentSpec } from './fleet/specs.ts';
import type { ChaosTrainer } from './fleet/trainer.ts';
import { until } from './fleet/until.ts';

/** More than a second of work: it is under way while it is disturbed. */
const question = { flatness: { draws: 20, samples: 250, batchNorm: 'KEPT' } };

let house: ChaosHouse;
let trainer: ChaosTrainer;
let runId: string;
let undisturbed: Analysis;
/** A run with weights to ask about. */
const train = async (seed: number) => (await untilSucceeded(house.api, await schedule(house.api, independentSpec(1), seed))).id;
beforeAll(async () => {
  house = await ChaosHouse.open();
  trainer = await house.trainer('worker');
  runId = await train(1);
  undisturbed = await untilEnded(house.api, await askOf(house.api, runId, question));
  expect(undisturbed.state).toBe('SUCCEEDED');
});
afterAll(() => house.close());

/** What was known of the question is forgotten: it has to be answered again. */
const askAgain = async (): Promise<string> => {
  await house.database.query('DELETE FROM analyses');
  return askOf(house.api, runId, question);
};
/** The analysis is under way in a process, and has no result, not even a part of one. */
const expectUnderWay = async (id: string): Promise<number> => {
  expect((await untilRunning(house.api, id)).result).toBeNull();
  return trainer.childPid();
};
const change = (mutation: 'cancelAnalyses' | 'retryAnalyses', id: string) =>
  house.api.ask(`mutation ($ids: [ID!]!) { ${mutation}(ids: $ids) { id } }`, { ids: [id] });
const attemptOf = async (id: string) => {
  const [job] = await house.database.query<{ attempt: number }>('SELECT attempt FROM jobs WHERE analysis_id = $1', [id]);
  return job?.attempt ?? 0;
};

it('an analysis that is cancelled, whose process is killed, and then API and daemon both, is answered as a whole, as if nobody had disturbed it', async () => {
  const id = await askAgain();
  await expectUnderWay(id);
  await change('cancelAnalyses', id);
  expect(await untilEnded(house.api, id)).toMatchObject({ state: 'CANCELLED', result: null });

  await change('retryAnalyses', id);
  await expectUnderWay(id);
  const attempt = await attemptOf(id);
  await trainer.killChild();
  await until(
    'it is tried again',
    () => attemptOf(id),
    (tried) => tried === attempt + 1,
    60,
  );

  await expectUnderWay(id);
  await house.api.kill();
  await trainer.end('SIGKILL');
  await house.api.restart();
  expect((await findAnalysis(house.api, id))?.result).toBeNull();
  trainer.restart();
  const { state, result } = await untilEnded(house.api, id);
  expect({ state, result }).toEqual({ state: 'SUCCEEDED', result: undisturbed.result });
});

it('an analysis whose run is deleted meanwhile is gone with it, and its trainer goes on to other work', async () => {
  const id = await askAgain();
  const child = await expectUnderWay(id);
  await house.api.ask('mutation ($ids: [ID!]!) { archiveRuns(ids: $ids) { id } deleteRuns(ids: $ids) }', { ids: [runId] });
  expect(await findAnalysis(house.api, id)).toBeNull();
  await until(
    'its process has ended',
    () => isAlive(child),
    (alive) => !alive,
  );
  await train(2);
});

it('an analysis whose weights are damaged fails in words that name them; nothing is stored', async () => {
  const id = await train(3);
  await house.api.corruptArtifacts();
  // One that has no copy of them.
  await house.dismiss();
  await house.trainer('newcomer');
  const failed = await untilEnded(house.api, await askOf(house.api, id, question));
  expect(failed).toMatchObject({ state: 'FAILED', result: null });
  expect(failed.reason).toMatch(/weights of .*seed 3, network 0 cannot be had: .*artifact [0-9a-f]{64} is corrupted/);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
