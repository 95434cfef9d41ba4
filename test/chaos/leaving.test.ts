import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChaosHouse } from './fleet/house.ts';
import { findRun, type Standing, schedule, untilRun, untilSucceeded } from './fleet/runs.ts';
import { independentSpec, mutualSpec } from './fleet/specs.ts';

let house: ChaosHouse;
beforeAll(async () => {
  house = await ChaosHouse.open();
});
afterAll(() => house.close());

describe('a trainer that is there for a while', () => {
  it('ends after as many runs as it was to take, as it should, and is not listed any more', async () => {
    const trainer = await house.trainer('for one run', false, house.api.url, ['--max-runs', '1']);
    const ids = [await schedule(house.api, independentSpec(), 1), await schedule(house.api, independentSpec(), 2)];
    await untilRun(house.api, ids[0] ?? '', 'was taken', ({ attempts }) => attempts.length > 0);
    // It comes while the first, which has a slot free, leaves the second run alone.
    const next = await house.trainer('while there is something to do', false, house.api.url, ['--until-idle', '1s']);
    expect(await trainer.ended()).toBe(0);
    expect(trainer.output).toContain('took as many runs as it was to: ended by itself');
    await untilSucceeded(house.api, ids[0] ?? '');
    expect(await next.ended()).toBe(0);
    expect(next.output).toContain('idle for as long as it was to be: ended by itself');
    expect(await untilSucceeded(house.api, ids[1] ?? '')).toMatchObject({ attempts: [{ trainerName: 'while there is something to do' }] });
    expect(await house.api.ask('{ trainers { name } }')).toEqual({ trainers: [] });
  });
});

describe('a trainer whose contract no longer fits', () => {
  it('is told to update: it hands back what it runs and ends with the code that says so', async () => {
    const upgraded = await UpgradedApi.before(house.api.url);
    const trainer = await house.trainer('old', false, upgraded.url);
    const id = await schedule(house.api, mutualSpec(50), 5);
    await untilRun(house.api, id, 'is midway', ({ epochsDone }) => epochsDone >= 1);
    upgraded.outdates = true;
    expect(await trainer.ended()).toBe(4);
    expect(trainer.output).toContain('update the trainer');
    expect(await findRun(house.api, id)).toMatchObject({ state: 'QUEUED', attempts: [{ outcome: 'handed back' }] });
    await house.api.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids: [id] });
    upgraded.close();
  });
});

/** Whether a trainer of that name has the run now. */
const isWith =
  (name: string) =>
  ({ attempts }: Standing) =>
    attempts.some(({ trainerName, outcome }) => trainerName === name && !outcome);

describe('a trainer that is told to end a second time', () => {
  it('ends at once with the code that says so; what it ran lies there for its next start', async () => {
    const trainer = await house.trainer('hasty');
    const id = await schedule(house.api, mutualSpec(50), 6);
    await untilRun(house.api, id, 'is under way', isWith('hasty'));
    // Nobody is there to hand back to: else it may be done before the second signal.
    await house.api.kill();
    trainer.signal('SIGINT');
    await trainer.says('SIGINT: finishing the batch');
    expect(await trainer.end('SIGHUP')).toBe(130);
    await house.api.restart();
    const { state, attempts, epochsDone } = await findRun(house.api, id);
    expect([state, attempts]).toMatchObject(['RUNNING', [{ trainerName: 'hasty', outcome: null }]]);
    trainer.restart();
    await untilRun(house.api, id, 'goes on', (run) => run.epochsDone > epochsDone && run.attempts.length === 1);
    await house.api.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids: [id] });
    await trainer.end('SIGINT');
  });
});

// The last one: the house's trainers share the token.
describe('a trainer whose token is revoked while it works', () => {
  it('says so and ends with the code that says so; what it ran goes on elsewhere', async () => {
    const trainer = await house.trainer('rented');
    const id = await schedule(house.api, mutualSpec(50), 7);
    await untilRun(house.api, id, 'is under way', isWith('rented'));
    const { tokens } = await house.api.ask<{ tokens: { id: string; role: string }[] }>('{ tokens { id role } }');
    const own = tokens.find(({ role }) => role === 'TRAINER')?.id;
    await house.api.ask('mutation ($id: ID!) { revokeToken(id: $id) { id } }', { id: own });
    expect(await trainer.ended()).toBe(3);
    expect(trainer.output).toContain('This token was revoked: ask an admin for another.');
    const { state, attempts } = await findRun(house.api, id);
    expect([state, attempts.at(-1)?.outcome]).toEqual(['QUEUED', 'handed back']);
  });
});

/** What a trainer meets whose API was updated meanwhile: it has to register anew, and is too old. */
class UpgradedApi {
  outdates = false;

  private constructor(
    readonly url: string,
    readonly close: () => void,
  ) {}

  static async before(target: string): Promise<UpgradedApi> {
    const server = createServer(async (request, response) => {
      const body = await buffer(request);
      const asked = body.toString();
      const code = asked.includes('registerTrainer(') ? 'OUTDATED' : asked.includes('claimJob(') ? 'NOT_FOUND' : undefined;
      if (api.outdates && code)
        return void response
          .writeHead(200, { 'content-type': 'application/json' })
          .end(JSON.stringify({ errors: [{ message: 'This trainer is too old: update the trainer.', extensions: { code } }] }));
      const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
      const sent = request.method === 'GET' || request.method === 'HEAD' ? {} : { body: new Uint8Array(body) };
      const answer = await fetch(`${target}${request.url}`, {
        method: request.method ?? 'GET',
        headers: { authorization, 'content-type': type },
        ...sent,
      });
      response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    const api = new UpgradedApi(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, close);
    return api;
  }
}
