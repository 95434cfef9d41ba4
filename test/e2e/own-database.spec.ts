import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { createClient } from '../../api/src/postgres/client.ts';
import { startEmbeddedPostgres } from '../../api/src/postgres/embedded.ts';
import { insertManyRuns } from '../../api/src/testing/many-runs.ts';
import { makeHome, startHouse } from './house.ts';

test('with DATABASE_URL set, that Postgres keeps everything, and outlives the house', async ({ page }) => {
  const elsewhere = await makeHome();
  const postgres = await startEmbeddedPostgres({ home: elsewhere, settings: { fsync: 'off' }, detached: false });
  const home = await makeHome();
  const house = await startHouse({ home, env: { DATABASE_URL: postgres.url } });
  try {
    await page.goto(house.link);
    await house.ask('mutation { createExperiment(title: "Kept elsewhere", slug: "elsewhere") { id } }');
    await page.getByRole('link', { name: 'Experiments', exact: true }).click();
    await expect(page.getByText('Kept elsewhere')).toBeVisible();
    expect(existsSync(path.join(home, 'postgres'))).toBe(false);
    expect(await house.stop()).toBe(0);

    const again = await startHouse({ home, env: { DATABASE_URL: postgres.url } });
    expect(await again.ask('{ experiment(slug: "elsewhere") { title } }')).toEqual({ experiment: { title: 'Kept elsewhere' } });

    // The first page of a team that has long been at it: a screen of rows in the HTML, not all hundred that a page has.
    const client = createClient(postgres.url);
    await client.connect();
    await insertManyRuns({ query: async (sql, values) => (await client.query(sql, values)).rows }, 600, 1);
    await client.end();
    const first = await page.goto(again.link.replace(/\/enter.*/, '/'));
    const html = (await first?.body())?.toString() ?? '';
    expect(html.match(/Run of group/g)?.length).toBeGreaterThan(20);
    expect(html.length).toBeLessThan(300_000);
    await expect(page.getByRole('row')).toHaveCount(101);

    expect(await again.stop()).toBe(0);
  } finally {
    await house.stop();
    await postgres.stop();
    for (const folder of [home, elsewhere]) await rm(folder, { recursive: true, force: true });
  }
});
