import type { Page } from '@playwright/test';
import type { House } from '../house.ts';
import { expect, test } from './test.ts';

test('the form says at the field what is wrong, and schedules several seeds once it is right', async ({ house, page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Schedule', exact: true }).first().click();
  await page.getByRole('radio', { name: /Mutual/ }).click();
  await page.getByRole('checkbox', { name: 'Use teachers beside the peers' }).check();
  await expect(page.getByRole('button', { name: 'Add teacher' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Use teachers beside the peers' }).uncheck();
  await page.getByLabel('Model of network 0').fill('resnet-9');
  await expect(page.getByLabel('Model of network 0')).toHaveAccessibleDescription(/6n\+2/);
  await page.getByLabel('Model of network 0').fill('cnn-4');
  await page.getByLabel('Model of network 1').fill('cnn-4');
  await page.getByLabel('Learning rate', { exact: true }).fill('-1');
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveAccessibleDescription(
    /above 0.* is -1; it has to be at least 1e-8/,
  );
  await expect(page.getByRole('button', { name: /^Schedule \d/ })).toBeDisabled();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.05');
  await page.getByLabel('Epochs', { exact: true }).first().fill('3');
  await page.getByLabel('Training images').fill('320');
  await page.getByLabel('Batch size').fill('32');
  await page.getByLabel('Seeds', { exact: true }).fill('1-2');
  await page.getByRole('button', { name: 'Schedule 2 runs' }).click();
  await expect(page).toHaveURL(/\/runs\?group=/);
  const runs = await takeBack(house, page);
  expect(runs.map(({ seed }) => seed).sort()).toEqual([1, 2]);
  for (const { spec } of runs)
    expect(spec).toMatchObject({
      data: { trainSamples: 320 },
      networks: [{ model: 'cnn-4' }, { model: 'cnn-4' }],
      training: { epochs: 3, batchSize: 32, learningRate: 0.05 },
    });
});

test('the form says how it understood a number, and sends that', async ({ house, page }) => {
  await page.goto('/schedule');
  const epochs = page.getByLabel('Epochs', { exact: true }).first();
  await epochs.fill('1,000');
  await expect(epochs).toHaveAccessibleDescription(/1,000 → 1,000 epochs/);
  await expect(page.getByText('1,000 epochs, batches of')).toBeVisible();
  const images = page.getByRole('textbox', { name: 'Training images' });
  await images.fill('1.000');
  await expect(images).toHaveAccessibleDescription(/“1.000” can mean 1000 or 1/);
  await expect(page.getByRole('button', { name: /^Schedule \d/ })).toBeDisabled();
  await images.fill('1\u202f000');
  await expect(images).toHaveAccessibleDescription(/1,000 images/);
  await page.getByLabel('Seeds', { exact: true }).fill('1–2');
  await page.getByRole('button', { name: 'Schedule 2 runs' }).click();
  await expect(page).toHaveURL(/\/runs\?group=/);
  const runs = await takeBack(house, page);
  expect(runs).toHaveLength(2);
  for (const { spec } of runs) expect(spec).toMatchObject({ data: { trainSamples: 1000 }, training: { epochs: 1000 } });
});

type Scheduled = { id: string; seed: number; spec: object };

/** Cancels what the page shows as scheduled: what becomes of runs is for other tests. */
async function takeBack(house: House, page: Page): Promise<Scheduled[]> {
  const group = new URL(page.url()).searchParams.get('group');
  type Runs = { runs: { edges: { node: Scheduled }[] } };
  const ask = 'query ($group: String!) { runs(filter: { groupKey: $group }) { edges { node { id seed spec } } } }';
  const { runs } = await house.ask<Runs>(ask, { group });
  const scheduled = runs.edges.map(({ node }) => node);
  await house.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids: scheduled.map(({ id }) => id) });
  return scheduled;
}
