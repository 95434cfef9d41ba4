import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { schedule, smallSpec, TestTrainer } from '../testing/fleet.ts';
import { useApi } from '../testing/suite.ts';

const suite = useApi();

it('a list that was cut off from Postgres is told so, for nobody knows which of its runs have changed', async () => {
  await TestTrainer.join(suite.api);
  const runs = suite.api.subscribe<{ runsChanged: { id: string } }>('subscription { runsChanged { id } }');
  const [runId = ''] = await schedule(suite.api, smallSpec);
  await runs.until(({ runsChanged }) => runsChanged.id === runId);
  const end = runs.until(() => false);
  await suite.database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
  );
  await expect(end).rejects.toMatchObject([{ extensions: { code: 'MISSED_CHANGES' } }]);
});

it('while Postgres lets nobody in, no subscription looks alive', async () => {
  const admin = new pg.Client({ connectionString: inject('testPostgres').url });
  await admin.connect();
  const name = new URL(suite.database.url).pathname.slice(1);
  const watch = () => suite.api.subscribe<{ trainersChanged: object[] }>('subscription { trainersChanged { id } }');
  const trainers = watch();
  await trainers.next();
  await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
  try {
    const end = trainers.until(() => false);
    await suite.database.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    await expect(end).rejects.toMatchObject([{ extensions: { code: 'BUSY' } }]);
    await expect(watch().next()).rejects.toMatchObject([{ extensions: { code: 'BUSY' } }]);
  } finally {
    await admin.query(`ALTER DATABASE "${name}" ALLOW_CONNECTIONS true`);
    await admin.end();
  }
  const live = () =>
    watch()
      .next()
      .catch(() => undefined);
  await expect.poll(live).toBeDefined();
});
