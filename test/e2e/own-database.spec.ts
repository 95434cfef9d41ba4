import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { startEmbeddedPostgres } from '../../api/src/postgres/embedded.ts';
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
    expect(await again.stop()).toBe(0);
  } finally {
    await house.stop();
    await postgres.stop();
    for (const folder of [home, elsewhere]) await rm(folder, { recursive: true, force: true });
  }
});
