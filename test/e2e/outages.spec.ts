import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Locator, type Page, test } from '@playwright/test';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../api/src/postgres/embedded.ts';
import { type House, makeHome } from './house.ts';
import { type PlayedTrainer, playTrainer } from './played-trainer.ts';
import { type Visit, visitHouse } from './visit.ts';

// Lists and pages stand open while something goes away: a house on a Postgres that the test reaches too. A failure begins another one.

let elsewhere: string;
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let database: pg.Client;
let visit: Visit;
let house: House;

test.beforeAll(async ({ browser }) => {
  elsewhere = await makeHome();
  postgres = await startEmbeddedPostgres({ home: elsewhere, settings: { fsync: 'off' }, detached: false });
  visit = await visitHouse(browser, { env: { DATABASE_URL: postgres.url, LEASE_SECONDS: '600' } });
  ({ house } = visit);
  database = await connect();
  await expect.poll(async () => (await house.ask<{ datasets: unknown[] }>('{ datasets { id } }')).datasets.length).toBeGreaterThan(0);
  // Nothing is to be trained: the processor is for pages.
  process.kill((await house.services()).trainer, 'SIGSTOP');
  await visit.page.goto(house.link);
});

async function connect(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  return client;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test.afterAll(async () => {
  if (house) process.kill((await house.services()).trainer, 'SIGCONT');
  await database?.end();
  await visit?.end();
  await postgres?.stop();
  await rm(elsewhere, { recursive: true, force: true });
});

test.describe('pages that stand open while something goes away', () => {
  /** By their address. */
  const pages = new Map<string, Page>();
  let trainer: PlayedTrainer;
  let curve: Locator;
  let epoch = 0;
  let truth = 0;

  test.beforeAll(async () => {
    const { createExperiment } = await house.ask<{ createExperiment: { id: string } }>(
      'mutation { createExperiment(title: "True at first", slug: "truth") { id } }',
    );
    trainer = await playTrainer(house, createExperiment.id, 100);
    await house.ask('mutation { scheduleDeckPreset(system: "mutual", scale: TINY) { scheduled { id } } }');
    await Promise.all(
      ['/', '/runs', `/runs/${trainer.runId}`, '/experiments/truth', '/deck/mutual', '/trainers'].map(async (address) => {
        const page = await visit.page.context().newPage();
        pages.set(address, page);
        await page.goto(address);
        // Groups without a finished run are folded away there.
        if (address === '/')
          await page
            .getByRole('region', { name: /^played/ })
            .getByRole('button', { name: /without a finished run/ })
            .click();
        if (address.startsWith('/runs/')) curve = page.getByRole('img', { name: /^Accuracy/ });
      }),
    );
  });

  const mark = (page: Page) => page.getByRole('banner').getByRole('status');

  const expectAllToSay = (text: string) => Promise.all([...pages].map(([address, page]) => expect(mark(page), address).toHaveText(text)));

  /** All say so, and what a trainer reports from now on reaches the curve. */
  async function expectToBeLive() {
    await expectAllToSay('Live');
    await trainer.commit(++epoch);
    await expect(curve.first()).toHaveAccessibleName(new RegExp(`after epoch ${epoch}\\b`));
  }

  /** Changes what every page shows, past the API, so that no event tells of it. Gives what each has to show now, by its address. */
  async function changeTruth(): Promise<ReadonlyMap<string, string>> {
    const at = ++truth;
    const label = `Label at ${at}`;
    await database.query('UPDATE runs SET label = $1 WHERE id = $2', [label, trainer.runId]);
    await database.query("UPDATE experiments SET title = $1 WHERE slug = 'truth'", [`True at ${at}`]);
    await database.query(
      "UPDATE jobs SET state = 'SUCCEEDED', finished_at = now() WHERE id IN (SELECT id FROM jobs WHERE state = 'QUEUED' LIMIT 1)",
    );
    const words: Record<string, string> = { '/experiments/truth': `True at ${at}`, '/deck/mutual': `${at} of 6 runs done` };
    return new Map([...pages.keys()].map((address) => [address, words[address] ?? label]));
  }

  /** Each page shows it, and is live. */
  async function expectTruth(shown: ReadonlyMap<string, string>) {
    for (const [address, page] of pages) await expect(page.getByRole('main'), address).toContainText(shown.get(address) ?? '');
    await expectToBeLive();
  }

  test.beforeEach(expectToBeLive);

  test('show what is true once the API was killed and is back', async () => {
    process.kill((await house.services()).api, 'SIGKILL');
    await expectAllToSay('Reconnecting…');
    await expectTruth(await changeTruth());
  });

  test('show what is true after all connections to Postgres were ended, over and over', async () => {
    const end = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()';
    for (const until = Date.now() + 1000; Date.now() < until; ) await database.query(end);
    const shown = await changeTruth();
    // Whoever is back by now has read it, or is cut off once more.
    await database.query(end);
    await expectTruth(shown);
  });

  test('show what is true after Postgres was restarted', async () => {
    const pid = Number((await readFile(path.join(elsewhere, 'data', 'postmaster.pid'), 'utf8')).split('\n')[0]);
    // Before, for once it runs again it may be read sooner than a change can be made.
    const shown = await changeTruth();
    await database.end();
    process.kill(pid, 'SIGINT');
    await expect.poll(() => isThere(pid)).toBe(false);
    await postgres.revive();
    database = await connect();
    await expectTruth(shown);
  });

  test('show what is true after statements failed', async () => {
    const failures = async () => {
      const { rows } = await database.query('SELECT xact_rollback::int AS n FROM pg_stat_database WHERE datname = current_database()');
      return (rows[0] as { n: number }).n;
    };
    const before = await failures();
    await database.query('ALTER SCHEMA public RENAME TO elsewhere');
    // What makes every page ask again.
    await database.query(`
      SELECT pg_notify('studyhall', 'leaderboard:' || id) FROM elsewhere.datasets UNION ALL
      SELECT pg_notify('studyhall', 'trainers:' || id) FROM elsewhere.trainers UNION ALL
      SELECT pg_notify('studyhall', 'run:' || id) FROM elsewhere.runs`);
    await expect.poll(failures).toBeGreaterThan(before);
    await database.query('BEGIN');
    await database.query('ALTER SCHEMA elsewhere RENAME TO public');
    const shown = await changeTruth();
    // Whoever was told of a run's state before hears of it again only if they are still there to hear.
    await database.query("SELECT pg_notify('studyhall', 'run:' || run_id) FROM jobs WHERE state = 'SUCCEEDED'");
    await database.query('COMMIT');
    await expectTruth(shown);
  });

  test('show what is true once the web server was killed and is back', async () => {
    process.kill((await house.services()).web, 'SIGKILL');
    await expectAllToSay('Reconnecting…');
    await expectTruth(await changeTruth());
  });
});
