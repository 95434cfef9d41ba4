import { expect, test } from './test.ts';

test('the trainer is in the fleet', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Trainers', exact: true }).click();
  await expect(page.getByText('shapes-16').first()).toBeVisible();
});

test('where the browser has no clipboard for pages, a token is copied all the same', async ({ page }) => {
  const context = page.context();
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.goto('/trainers');
  await page.getByLabel('Name of the machine').fill('laptop');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const shown = page.getByText(/npm run trainer -- join/);
  // As over plain http from another machine.
  await page.evaluate(() => Object.defineProperty(navigator, 'clipboard', { value: undefined }));
  await page.getByRole('button', { name: 'Copy both' }).click();
  await expect(page.getByRole('button', { name: 'Copied' })).toBeVisible();
  const commands = await shown.textContent();
  await shown.click();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(commands);
  await page.reload();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(commands);
});
