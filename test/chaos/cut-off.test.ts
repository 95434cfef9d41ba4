import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { subscribe } from '../../api/src/testing/client.ts';
import { shapes, smallSpec, TestTrainer } from '../../api/src/testing/fleet.ts';
import { aimAt } from '../attack/target.ts';
import { ChaosApi } from './fleet/api.ts';
import { schedule } from './fleet/runs.ts';
import { until } from './fleet/until.ts';

const KILLS = 150;

let home: string;
let api: ChaosApi;
let admin: pg.Client;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'studyhall-cut-off-'));
  // Postgres may run as another user, who has to be able to enter.
  await chmod(home, 0o755);
  // No DATABASE_URL: over its own Postgres, which it would start again if it ended.
  api = await ChaosApi.start({ databaseUrl: '', home, leaseSeconds: 60, renewSeconds: 1, env: { LOG_LEVEL: 'info' } });
  const [, , , port] = (await readFile(join(home, 'postgres/data/postmaster.pid'), 'utf8')).split('\n');
  const password = (await readFile(join(home, 'postgres/password'), 'utf8')).trim();
  admin = new pg.Client({ host: '127.0.0.1', port: Number(port), user: 'postgres', password, database: 'studyhall' });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await api.stop();
  await rm(home, { recursive: true, force: true });
});

const sessions = async () => {
  const { rows } = await admin.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname IS NOT NULL AND pid <> pg_backend_pid()',
  );
  return rows[0]?.count ?? 0;
};

it('a Postgres that ends our connections again and again leaves an API as it was: no connection and no line too many, no subscription dead in silence', async () => {
  const target = await aimAt(api, { query: () => Promise.reject(new Error('not here')) });
  const trainer = await TestTrainer.join(target.api(), { datasets: [shapes] });
  const runId = await schedule(api, smallSpec, 1);
  const claim = await trainer.claimOrFail();
  type Page = { runMetrics: { epochs: { epoch: number }[] } };
  const watch = () => subscribe<Page>(api.url, 'subscription ($id: ID!) { runMetrics(id: $id) { epochs { epoch } } }', { id: runId });
  let metrics = watch();
  const log = subscribe<{ runLog: { text: string }[] }>(api.url, 'subscription ($id: ID!) { runLog(id: $id) { text } }', { id: runId });
  await Promise.all([metrics.next(), log.next()]);
  const before = api.output.split('\n').length;

  for (let kill = 0; kill < KILLS; kill += 1) {
    await admin.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname IS NOT NULL AND pid <> pg_backend_pid()');
    await delay(15);
  }
  await until(
    'the API is well',
    () =>
      fetch(`${api.url}/healthz`).then(
        ({ ok }) => ok,
        () => false,
      ),
    (ok) => ok,
  );
  await until(
    'an epoch is taken',
    () =>
      trainer.commitTo(claim, [1]).then(
        () => true,
        () => false,
      ),
    (taken) => taken,
  );
  const seen = () => metrics.until(({ runMetrics }) => runMetrics.epochs.length > 0);
  const first = await seen().catch((refused: object) => {
    // Cut off for longer than anybody would be left to think that they are up to date: told so, they ask again. An answer has errors, the end
    // of a subscription is a list of them.
    expect('errors' in refused ? refused.errors : refused).toMatchObject([{ extensions: { code: 'BUSY' } }]);
    metrics = watch();
    return seen();
  });
  expect(first.runMetrics.epochs).toEqual([{ epoch: 1 }]);
  await trainer.commitTo(claim, [2]);
  expect((await seen()).runMetrics.epochs).toEqual([{ epoch: 2 }]);
  await Promise.all([metrics.close(), log.close()]);

  // The pool, the listener, and the one that holds the database.
  await until('its connections are as many as ever', sessions, (count) => count <= 14);
  const holders = async () => (await admin.query("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted")).rowCount;
  await until('it holds the database again, alone', holders, (count) => count === 1);
  expect(api.output.split('\n').length - before).toBeLessThan(60);
  expect(api.output).not.toContain('Another Studyhall');
});
