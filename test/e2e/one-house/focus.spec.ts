import type { Page } from '@playwright/test';
import { waitingRun } from './runs.ts';
import { expect, test, untilLive } from './test.ts';

// The focus never falls to the page's body: whatever is pressed, the keyboard goes on from there.

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });

test('a run is cancelled, retried, archived and written about by the keyboard alone', async ({ house, page }) => {
  const { id } = await waitingRun(house);
  await page.goto(`/runs/${id}`);
  await button(page, 'Cancel').press('Enter');
  // What changes nothing comes first.
  await expect(button(page, 'Let it run')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(button(page, 'Cancel')).toBeFocused();
  await page.keyboard.press('Enter');
  await button(page, 'Cancel the run').press('Enter');
  await expect(button(page, 'Retry')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Cancel')).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Retry')).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Take out of the archive')).toBeFocused();

  const edit = button(page, 'Edit');
  for (const leave of ['Escape', 'Leave as it was', 'Save']) {
    await edit.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
    if (leave === 'Escape') await page.keyboard.press('Escape');
    else await button(page, leave).press('Enter');
    await expect(edit).toBeFocused();
  }
});

test('a window opens on its first field, is sent by Enter, and keeps what was typed when it is closed', async ({ page }) => {
  await page.goto('/experiments');
  const open = button(page, 'New experiment');
  const title = page.getByRole('textbox', { name: 'Title' });
  await open.press('Enter');
  await expect(title).toBeFocused();
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();
  await page.reload();
  await open.press('Enter');
  await expect(title).toHaveValue('By keyboard');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'By keyboard' })).toBeVisible();
  await expect(page.locator('body')).not.toBeFocused();
  await button(page, 'Edit').press('Enter');
  await expect(title).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(' alone');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'By keyboard alone' })).toBeVisible();
  await expect(button(page, 'Edit')).toBeFocused();
  await button(page, 'Archive').press('Enter');
  await expect(button(page, 'Take out of the archive')).toBeFocused();
});

test('in the form the focus goes to what was added, stays near what was removed, and goes to what is wrong', async ({ page }) => {
  await page.goto('/schedule');
  const model = (network: number) => page.getByLabel(`Model of network ${network}`);
  await button(page, 'Add a network').press('Enter');
  await expect(model(2)).toBeFocused();
  await button(page, 'Remove network 1').press('Enter');
  await expect(button(page, 'Remove network 1')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(model(0)).toBeFocused();

  await page.getByLabel('Batch size', { exact: true }).fill('32');
  await button(page, 'Reset Batch size to its default').press('Enter');
  await expect(page.getByLabel('Batch size', { exact: true })).toBeFocused();

  const tags = page.getByLabel('Tags', { exact: true });
  await tags.pressSequentially('my tag');
  await page.keyboard.press('Enter');
  await page.keyboard.type('b,');
  await button(page, 'Remove the tag my tag').press('Enter');
  await expect(tags).toBeFocused();
  await page.keyboard.press('Backspace');
  await expect(button(page, /^Remove the tag/)).toHaveCount(0);

  await page.getByRole('radio', { name: /Distillation/ }).click();
  await page.getByRole('radio', { name: 'One run', exact: true }).click();
  await page.getByLabel('Epochs', { exact: true }).last().fill('0');
  const schedule = button(page, 'Schedule 3 runs');
  await expect(schedule).toBeDisabled();
  const problems = page.getByRole('region', { name: 'Check' });
  await expect(problems.getByRole('link')).toHaveText(['Distillation › Teacher 1 › One run › Run', 'Training › Epochs']);
  // The browser's own way of pressing it: to the keyboard it is there.
  await schedule.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('The run that teaches')).toBeFocused();
  await problems.getByRole('link', { name: 'Training › Epochs' }).press('Enter');
  await expect(page.getByLabel('Epochs', { exact: true }).last()).toBeFocused();
});

test('a filter, a token and a page that go leave the focus where one goes on', async ({ page }) => {
  await page.goto('/runs?tag=one&trainer=two');
  await untilLive(page);
  await button(page, 'Only trainer two; remove').press('Enter');
  await expect(button(page, 'Only tag one; remove')).toBeFocused();
  await page.goto('/trainers');
  await page.getByLabel('Name of the machine').fill('by-keyboard');
  await page.keyboard.press('Enter');
  await expect(button(page, 'Copy both')).toBeFocused();
  await button(page, 'Done').press('Enter');
  await expect(page.getByLabel('Name of the machine')).toBeFocused();
  await page.goto('/deck');
  // A link that is pressed before the page is alive is the browser's to follow.
  await untilLive(page);
  await page.getByRole('main').getByRole('link').first().press('Enter');
  await expect(page).toHaveURL(/\/deck\/./);
  await expect(page.getByRole('main')).toBeFocused();
});

test('the keyboard leaves a page where it stands, and Back returns there', async ({ page }) => {
  const scrolled = () => page.evaluate(() => Math.round(scrollY));
  await page.goto('/deck');
  await untilLive(page);
  await page.evaluate(() => scrollTo(0, 600));
  await expect.poll(scrolled).toBe(600);
  await page.getByRole('link', { name: 'Trainers', exact: true }).press('Enter');
  await expect(page).toHaveURL(/\/trainers/);
  await expect.poll(scrolled).toBe(0);
  await page.goBack();
  await expect(page).toHaveURL(/\/deck/);
  await expect.poll(scrolled).toBe(600);
});
