import { holdScripts } from './hold-scripts.ts';
import { expect, test } from './test.ts';

// A page can be seen and used before its scripts are there: on a slow machine or line for seconds.

test('what is typed, ticked, chosen and pressed before the page is alive is understood once it is', async ({ page }) => {
  const letGo = await holdScripts(page);
  await page.goto('/schedule', { waitUntil: 'commit' });
  const epochs = page.getByLabel('Epochs', { exact: true }).first();
  const selection = page.getByLabel('Selection', { exact: true });
  const flip = page.getByLabel('Flip', { exact: true });
  const constant = page.getByRole('radio', { name: 'Constant', exact: true });
  const add = page.getByRole('button', { name: 'Add a network' });
  await epochs.fill('1,000');
  await page.getByLabel('Model of network 1').fill('cnn-16');
  await page.getByLabel('Seeds', { exact: true }).fill('4-5');
  await selection.selectOption('BEST_VALIDATION');
  await flip.check();
  await constant.click();
  // As one does when nothing happens.
  for (let press = 0; press < 3; press++) await add.click();
  await expect(constant).not.toBeChecked();
  await letGo();
  await expect(epochs).toHaveAccessibleDescription(/1,000 → 1,000 epochs/);
  await expect(page.getByText('1,000 epochs, batches of')).toBeVisible();
  await expect(page.getByText('resnet-8, cnn-16, resnet-8', { exact: true })).toBeVisible();
  await expect(constant).toBeChecked();
  await expect(flip).toBeChecked();
  await expect(flip.locator('..')).toHaveText('On');
  await expect(selection).toHaveValue('BEST_VALIDATION');
  await expect(page.getByText(/with the best validation accuracy/)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Schedule 2 runs' })).toBeEnabled();
});

test('filters of a list keep what was asked of them, and a window opens that was asked for', async ({ page, house }) => {
  await house.ask('mutation { createExperiment(title: "Asked for early") { id } }');
  const letGo = await holdScripts(page);
  await page.goto('/experiments', { waitUntil: 'commit' });
  await page.getByRole('searchbox').fill('asked for ear');
  await page.getByRole('checkbox', { name: 'Archived' }).check();
  await page.getByRole('button', { name: 'New experiment' }).press('Enter');
  await letGo();
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect(page).toHaveURL(/[?&]q=asked/);
  await expect(page).toHaveURL(/archived=yes/);
});
