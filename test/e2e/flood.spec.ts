import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { askers, haveAccounts } from '../attack/generator/askers.ts';
import { generate } from '../attack/generator/run.ts';
import { aimAt } from '../attack/target.ts';
import { startHouse } from './house.ts';

test('after requests made by chance and reports out of their mind, every page still opens', async ({ page }) => {
  const house = await startHouse();
  try {
    const { api: pid } = await house.services();
    const trainerToken = async () => (await readFile(path.join(house.home, 'trainer-token'), 'utf8')).trim();
    const { api: url, home, key, ask } = house;
    const noDatabase = { query: () => Promise.reject(new Error('The house has a database of its own.')) };
    const target = await aimAt({ url, home, pid, key, ask, trainerToken }, noDatabase);
    // Whoever has an account is seated in the database.
    const asking = askers.filter((asker) => !haveAccounts.includes(asker));
    const { complaints } = await generate(target, 100, 11, asking);
    expect(complaints).toEqual([]);
    await page.goto(house.link);
    const { runs } = await ask<{ runs: { edges: { node: { id: string } }[] } }>('{ runs(first: 1) { edges { node { id } } } }');
    const runPages = runs.edges.map(({ node }) => `/runs/${node.id}`);
    expect(runPages).not.toEqual([]);
    for (const address of ['/', '/runs', '/schedule', '/experiments', '/deck', '/deck/mutual', '/trainers', ...runPages]) {
      const answer = await page.goto(house.web + address, { waitUntil: 'domcontentloaded' });
      expect(answer?.status(), address).toBe(200);
      await expect(page.getByRole('heading', { level: 1 }), address).toBeVisible();
      await expect(page.getByText('could not be reached'), address).toHaveCount(0);
    }
  } finally {
    await house.stop();
  }
});
