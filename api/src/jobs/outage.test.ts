import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi } from '../testing/api.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';

describe('several API processes over one database', () => {
  let database: TestDatabase;
  let first: TestApi;
  beforeAll(async () => {
    database = await createTestDatabase();
    first = await startTestApi(database.url, { LEASE_SECONDS: '60' });
  });
  afterAll(async () => {
    await first.close();
    await database.drop();
  });

  it('tell each other’s subscribers of changes, and take each other’s tokens', async () => {
    const second = await startTestApi(database.url, { LEASE_SECONDS: '60' });
    const trainer = await TestTrainer.join({ ...second, trainerToken: first.trainerToken });
    const [runId] = await schedule(first, smallSpec);
    const changes = second.subscribe<{ runChanged: { state: string } }>('subscription ($id: ID!) { runChanged(id: $id) { state } }', {
      id: runId,
    });
    await changes.next();
    await trainer.complete(await trainer.claimOrFail(), [0.5]);
    await changes.until(({ runChanged }) => runChanged.state === 'SUCCEEDED');
    await changes.close();
    await second.close();
  });

  it('outlive each other: a lease that expired while none was there is still its holder’s', async () => {
    const away = await startTestApi(database.url, { LEASE_SECONDS: '2' });
    const trainer = await TestTrainer.join(away);
    await schedule(first, smallSpec, [2]);
    const claim = await trainer.claimOrFail();
    await away.close();
    await database.query(`UPDATE jobs SET lease_expires_at = now() - interval '20 seconds' WHERE id = $1`, [claim.jobId]);
    const back = await startTestApi(database.url, { LEASE_SECONDS: '2' });
    const { errors } = await back.ask(
      'mutation ($input: RenewLeaseInput!) { renewLease(input: $input) { expiresAt } }',
      { input: { lease: { jobId: claim.jobId, attempt: claim.attempt } } },
      away.trainerToken,
    );
    expect(errors).toBeUndefined();
    expect(await database.query('SELECT state, failures, attempt FROM jobs WHERE id = $1', [claim.jobId])).toEqual([
      { state: 'RUNNING', failures: 0, attempt: 1 },
    ]);
    await back.close();
  });

  it('need a port each: one that is taken is named', async () => {
    const { port } = new URL(first.url);
    await expect(startTestApi(database.url, { API_PORT: port })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken`);
  });
});
