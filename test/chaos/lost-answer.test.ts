import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { schedule, untilRun, untilSucceeded } from './fleet/runs.ts';
import { independentSpec } from './fleet/specs.ts';
import { type Fate, TamperingProxy } from './fleet/tampering-proxy.ts';
import { until } from './fleet/until.ts';

let house: ChaosHouse;
let proxy: TamperingProxy;
beforeAll(async () => {
  house = await ChaosHouse.open();
});
afterEach(async () => {
  await house.dismiss();
  proxy.close();
});
afterAll(() => house.close());

const handsOut = (asked: string, answered: string) => asked.includes('mutation ClaimJob') && answered.includes('"jobId"');

/** Lets every answer pass but the first `count` that hand out a job. */
function sparing(count: number, fate: Exclude<Fate, 'passed'>) {
  const seen: string[] = [];
  const fateOf = (asked: string, answered: string): Fate => {
    if (!handsOut(asked, answered)) return 'passed';
    seen.push(answered);
    return seen.length <= count ? fate : 'passed';
  };
  return { seen, fateOf };
}

describe('a claim whose answer was lost is no failure', () => {
  it('the trainer asks again and gets the same lease', async () => {
    const { seen, fateOf } = sparing(1, 'lost');
    proxy = await TamperingProxy.before(house.api.url, fateOf);
    await house.trainer('cut off', false, proxy.url);
    const run = await untilSucceeded(house.api, await schedule(house.api, independentSpec(), 1));
    expect(run.attempts).toMatchObject([{ attempt: 1, outcome: 'succeeded' }]);
    expect(seen.length).toBe(2);
  });

  it('nor when the daemon was killed before it came: the next start asks again', async () => {
    const { seen, fateOf } = sparing(1, 'withheld');
    proxy = await TamperingProxy.before(house.api.url, fateOf);
    const trainer = await house.trainer('killed', false, proxy.url);
    const id = await schedule(house.api, independentSpec(), 2);
    await untilRun(house.api, id, 'is handed out', ({ state }) => state === 'RUNNING');
    await until(
      'the answer is withheld',
      () => seen.length,
      (count) => count === 1,
    );
    await trainer.end('SIGKILL');
    trainer.restart();
    const run = await untilSucceeded(house.api, id);
    expect(run.attempts).toMatchObject([{ attempt: 1, outcome: 'succeeded' }]);
  });
});
