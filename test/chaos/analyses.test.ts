import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Analysis, askOf, findAnalysis, untilEnded, untilRunning } from './fleet/analyses.ts';
import { ChaosHouse } from './fleet/house.ts';
import { schedule, untilSucceeded } from './fleet/runs.ts';
import { independentSpec } from './fleet/specs.ts';
import type { ChaosTrainer } from './fleet/trainer.ts';
import { until } from './fleet/until.ts';

/** More than a second of work: it is under way while it is disturbed. */
const question = { flatness: { draws: 20, samples: 250, batchNorm: 'KEPT' } };

let house: ChaosHouse;
let runId: string;
let undisturbed: Analysis;
beforeAll(async () => {
  house = await ChaosHouse.open();
  await house.trainer('calm');
  runId = await untilSucceeded(house.api, await schedule(house.api, independentSpec(), 1)).then(({ id }) => id);
  undisturbed = await untilEnded(house.api, await askOf(house.api, runId, question));
  expect(undisturbed.state).toBe('SUCCEEDED');
  await house.dismiss();
});
afterEach(() => house.dismiss());
afterAll(() => house.close());

/** The same question again: what was known of it is forgotten. It is under way when this resolves, and has no result, not even a part of one. */
const askAgain = async (trainer: ChaosTrainer): Promise<string> => {
  await house.database.query('DELETE FROM analyses');
  const id = await askOf(house.api, runId, question);
  expect((await untilRunning(house.api, id)).result).toBeNull();
  await trainer.childPid();
  return id;
};
const attemptOf = async (id: string) => {
  const [job] = await house.database.query<{ attempt: number }>('SELECT attempt FROM jobs WHERE analysis_id = $1', [id]);
  return job?.attempt;
};
const expectSame = ({ state, result }: Analysis) => expect({ state, result }).toEqual({ state: 'SUCCEEDED', result: undisturbed.result });

describe('an analysis is answered as a whole, as if nobody had disturbed it', () => {
  it('when its process is killed', async () => {
    const trainer = await house.trainer('victim');
    const id = await askAgain(trainer);
    await trainer.killChild();
    expectSame(await untilEnded(house.api, id));
    expect(await attemptOf(id)).toBe(2);
  });

  it('when API and daemon are both killed', async () => {
    const trainer = await house.trainer('victim');
    const id = await askAgain(trainer);
    await house.api.kill();
    await trainer.end('SIGKILL');
    await house.api.restart();
    expect((await findAnalysis(house.api, id))?.result).toBeNull();
    trainer.restart();
    expectSame(await untilEnded(house.api, id));
  });

  it('when it is cancelled in the middle and asked for again', async () => {
    const trainer = await house.trainer('worker');
    const id = await askAgain(trainer);
    await house.api.ask('mutation ($ids: [ID!]!) { cancelAnalyses(ids: $ids) { id } }', { ids: [id] });
    expect(await untilEnded(house.api, id)).toMatchObject({ state: 'CANCELLED', result: null });
    await house.api.ask('mutation ($ids: [ID!]!) { retryAnalyses(ids: $ids) { id } }', { ids: [id] });
    expectSame(await untilEnded(house.api, id));
  });
});

it('an analysis whose run is deleted meanwhile is gone with it, and its trainer goes on to other work', async () => {
  const trainer = await house.trainer('worker');
  const other = await untilSucceeded(house.api, await schedule(house.api, independentSpec(), 2));
  const id = await askOf(house.api, other.id, question);
  await untilRunning(house.api, id);
  const child = await trainer.childPid();
  await house.api.ask('mutation ($ids: [ID!]!) { archiveRuns(ids: $ids) { id } deleteRuns(ids: $ids) }', { ids: [other.id] });
  expect(await findAnalysis(house.api, id)).toBeNull();
  await until(
    'its process has ended',
    () => isAlive(child),
    (alive) => !alive,
    30,
  );
  await untilSucceeded(house.api, await schedule(house.api, independentSpec(1), 3));
});

// Last: what it damages others would ask for.
it('an analysis whose weights are damaged fails in words that name them; nothing is stored', async () => {
  await house.database.query('DELETE FROM analyses');
  await house.api.corruptArtifacts();
  await house.trainer('worker');
  const failed = await untilEnded(house.api, await askOf(house.api, runId, question));
  expect(failed).toMatchObject({ state: 'FAILED', result: null });
  expect(failed.reason).toMatch(/weights of .*seed 1, network 0 cannot be had: .*artifact [0-9a-f]{64} is corrupted/);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
