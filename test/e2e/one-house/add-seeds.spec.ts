import { expect, test } from './test.ts';
import { waiting } from './waiting-runs.ts';

test('adding seeds says what it costs, fills in what one side lacks, and schedules both sides', async ({ house, page }) => {
  const cohort = { networks: [{ model: 'mlp-4' }, { model: 'mlp-4' }], training: { epochs: 7 } };
  const mutual = await waiting(house, { ...cohort, method: { mutual: {} } }, [1, 2]);
  const independent = await waiting(house, { ...cohort, method: { independent: {} } }, [1]);
  await page.goto('/');
  await page.getByRole('searchbox').fill('mlp-4');
  await expect(page).toHaveURL(/q=mlp-4/);
  await page.getByRole('button', { name: /groups without a finished run/ }).click();
  await page.getByRole('link', { name: 'DML · mlp-4 ×2' }).first().click();
  await expect(page).toHaveURL(new RegExp(`/groups/${mutual.groupKey}`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('DML · mlp-4 ×2');
  await page.getByRole('button', { name: 'Add seeds', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('2');
  await expect(dialog.getByRole('listitem').filter({ hasText: 'the independent twin' })).toContainText('seeds 2, 3');
  await expect(dialog).toContainText('No trainer is online that could take them');
  await dialog.getByRole('button', { name: 'Schedule 3 runs' }).click();
  await expect(dialog).toContainText('3 runs are scheduled');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByRole('link', { name: 'Seed 3' })).toBeVisible();
  expect(await mutual.seeds()).toEqual([1, 2, 3]);
  expect(await independent.seeds()).toEqual([1, 2, 3]);
  await mutual.remove();
  await independent.remove();
});
