import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDatabase } from '../../api/src/postgres/database.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../api/src/postgres/embedded.ts';
import { applyMigrations } from '../../api/src/postgres/migrate.ts';
import { startTestApi, type TestApi } from '../../api/src/testing/api.ts';
import type { GraphqlError, Subscription } from '../../api/src/testing/client.ts';
import { epochRow, schedule, smallSpec, type TestClaim, TestTrainer } from '../../api/src/testing/fleet.ts';
import { until } from './fleet/until.ts';

const VIEWERS = 200;
const EPOCHS = 12;
const TRAINERS = 4;

let home: string;
let postgres: EmbeddedPostgres;
let api: TestApi;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-chaos-viewers-'));
  await chmod(home, 0o755);
  // Of its own: that of the other tests is not to be restarted.
  postgres = await startEmbeddedPostgres({ home, settings: { fsync: 'off' }, detached: false });
  await createDatabase(postgres.url, 'viewed');
  await applyMigrations(postgres.urlFor('viewed'));
  api = await startTestApi(postgres.urlFor('viewed'), { LEASE_SECONDS: '600' });
});
afterAll(async () => {
  await api?.close();
  await postgres?.stop();
  await rm(home, { recursive: true, force: true });
});

/** What ends a subscription while Postgres is away: what looks live has to be. Whoever watches asks again, from where they are. */
const awayCodes = ['BUSY', 'MISSED_CHANGES'];

type Viewer = { errors: string[]; close(): Promise<void> };

/** Watches as a page does: however its subscription ends, it is opened again. */
function view<Data>(open: () => Subscription<Data>, take: (data: Data) => void): Viewer {
  let current = open();
  let closed = false;
  const viewer: Viewer = {
    errors: [],
    close: async () => {
      closed = true;
      await current.close();
    },
  };
  const watch = async () => {
    while (!closed) {
      try {
        take(await current.next());
      } catch (error) {
        if (closed) return;
        const [first] = (error as { errors?: GraphqlError[] }).errors ?? (error as GraphqlError[]);
        viewer.errors.push(first?.extensions?.code ?? String(error));
        await current.close();
        await new Promise((resolve) => setTimeout(resolve, 250));
        current = open();
      }
    }
  };
  void watch();
  return viewer;
}

/** As a trainer delivers: until it is taken. */
async function deliver(trainer: TestTrainer, claim: TestClaim, epoch: number): Promise<void> {
  await until(
    `epoch ${epoch} of ${claim.runId} is taken`,
    () => trainer.commit(claim, { epochs: [epochRow(0, epoch)] }),
    ({ errors }) => !errors,
  );
}

it(`${VIEWERS} viewers see every epoch once, and the board as it is, though Postgres is restarted; none is told worse than to wait`, async () => {
  const trainer = await TestTrainer.join(api, { slots: TRAINERS });
  const seeds = Array.from({ length: TRAINERS }, (_, i) => i + 1);
  await schedule(api, { ...smallSpec, training: { epochs: EPOCHS } }, seeds);
  const claims: TestClaim[] = [];
  for (const _ of seeds) claims.push(await trainer.claimOrFail());

  const curves = Array.from({ length: VIEWERS / 2 }, (_, i) => {
    const { runId } = claims[i % TRAINERS] as TestClaim;
    const seen = { runId, epochs: [] as number[], revision: 0 };
    const query = 'subscription ($id: ID!, $after: Int!) { runMetrics(id: $id, after: $after) { revision epochs { epoch trainLoss } } }';
    const viewer = view<{ runMetrics: { revision: number; epochs: { epoch: number }[] } }>(
      () => api.subscribe(query, { id: runId, after: seen.revision }),
      ({ runMetrics }) => {
        seen.revision = runMetrics.revision;
        seen.epochs.push(...runMetrics.epochs.map(({ epoch }) => epoch));
      },
    );
    return { seen, viewer };
  });
  const boards = Array.from({ length: VIEWERS / 2 }, () => {
    const seen = { rows: [] as { state: string }[] };
    const query = 'subscription { leaderboardChanged(first: 5) { edges { node { label runs { state } } } } }';
    const viewer = view<{ leaderboardChanged: { edges: { node: { runs: { state: string }[] } }[] } }>(
      () => api.subscribe(query),
      ({ leaderboardChanged }) => {
        seen.rows = leaderboardChanged.edges.flatMap(({ node }) => node.runs);
      },
    );
    return { seen, viewer };
  });
  const viewers = [...curves, ...boards].map(({ viewer }) => viewer);
  await until(
    'all watch',
    () => curves.filter(({ seen }) => seen.revision > 0).length + boards.filter(({ seen }) => seen.rows.length > 0).length,
    (count) => count === VIEWERS,
  );

  const midway = claims.map(async (claim) => {
    for (let epoch = 1; epoch <= EPOCHS / 2; epoch += 1) await deliver(trainer, claim, epoch);
  });
  await Promise.all(midway);
  const onwards = claims.map(async (claim) => {
    for (let epoch = EPOCHS / 2 + 1; epoch <= EPOCHS; epoch += 1) await deliver(trainer, claim, epoch);
  });
  await postgres.stop();
  await postgres.revive();
  await Promise.all(onwards);
  for (const claim of claims)
    await until(
      `${claim.runId} is finished`,
      () => trainer.finish(claim, [0.5]),
      ({ errors }) => !errors,
    );

  const every = Array.from({ length: EPOCHS }, (_, i) => i + 1);
  await until(
    'every viewer has every epoch',
    () => curves.map(({ seen }) => seen.epochs.length),
    (counts) => counts.every((count) => count >= EPOCHS),
  );
  expect(curves.map(({ seen }) => seen.epochs)).toEqual(curves.map(() => every));
  await until(
    'every board shows that all runs have succeeded',
    () => boards.map(({ seen }) => seen.rows.filter(({ state }) => state === 'SUCCEEDED').length),
    (counts) => counts.every((count) => count === TRAINERS),
  );
  expect(viewers.flatMap(({ errors }) => errors).filter((code) => !awayCodes.includes(code))).toEqual([]);
  await Promise.all(viewers.map((viewer) => viewer.close()));
});
