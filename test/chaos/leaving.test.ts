import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { schedule, untilSucceeded } from './fleet/runs.ts';
import { independentSpec } from './fleet/specs.ts';

let house: ChaosHouse;
beforeAll(async () => {
  house = await ChaosHouse.open();
});
afterAll(() => house.close());

describe('a trainer that is there for a while', () => {
  it('ends after as many runs as it was to take, as it should, and is not listed any more', async () => {
    const trainer = await house.trainer('for one run', false, house.api.url, ['--max-runs', '1']);
    const ids = [await schedule(house.api, independentSpec(), 1), await schedule(house.api, independentSpec(), 2)];
    expect(await trainer.ended()).toBe(0);
    expect(trainer.output).toContain('took as many runs as it was to: ended by itself');
    await untilSucceeded(house.api, ids[0] ?? '');
    expect(await house.api.ask('{ trainers { name } }')).toEqual({ trainers: [] });
    const next = await house.trainer('while there is something to do', false, house.api.url, ['--until-idle', '2s']);
    expect(await next.ended()).toBe(0);
    expect(next.output).toContain('idle for as long as it was to be: ended by itself');
    expect(await untilSucceeded(house.api, ids[1] ?? '')).toMatchObject({ attempts: [{ trainerName: 'while there is something to do' }] });
  });
});
