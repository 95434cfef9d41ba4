import { expect, test, untilLive } from './test.ts';
import { waiting } from './waiting-runs.ts';

test('many runs are archived, deleted and cancelled at once; what could not be says why', async ({ house, page }) => {
  const runs = await waiting(house, { networks: [{ model: 'mlp-5' }], method: { independent: {} } }, [1, 2, 3, 4, 5]);
  const ids = await runs.ids();
  await house.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids: ids.slice(0, 4) });
  await page.goto(`/runs?group=${runs.groupKey}&sort=CREATED`);
  // Whether Shift is held while a box is pressed is known to the page, not to the box.
  await untilLive(page);
  const box = (seed: number) => page.getByRole('checkbox', { name: new RegExp(`^Select .*seed ${seed}$`) });
  await box(5).check();
  await box(1).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'What to do with the selected runs' });
  await expect(bar).toContainText('5 runs selected');
  await bar.getByRole('button', { name: 'Archive' }).click();
  const result = page.getByRole('status').filter({ hasText: 'Archived' });
  await expect(result).toContainText('Archived: 4 of 5 runs.');
  await expect(result).toContainText(`Run ${ids[4]} has not ended; cancel it before archiving.`);
  await expect(bar).toBeHidden();
  // What is in the archive is gone from the list without a reload.
  await expect(page.getByRole('checkbox', { name: /^Select .*seed/ })).toHaveCount(1);

  await page.getByRole('checkbox', { name: 'Archived' }).check();
  await page.getByLabel('Ended').selectOption('hour');
  await page.getByRole('button', { name: 'Delete all 4 archived' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete 4 runs' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Deleted: 4 runs.' })).toBeVisible();
  await expect(page.getByText('No run matches these filters')).toBeVisible();
  expect(await runs.ids()).toEqual(ids.slice(4));

  await page.goto(`/runs?group=${runs.groupKey}`);
  await page.getByRole('checkbox', { name: 'Select all in sight' }).check();
  await bar.getByRole('button', { name: 'Cancel runs' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Cancel 1 run' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Cancelled: 1 run.' })).toBeVisible();
  await runs.remove();
});
