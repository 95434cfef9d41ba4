import type { Page } from '@playwright/test';
import type { House } from '../house.ts';
import { holdAnswers } from './hold-answers.ts';
import { holdScripts } from './hold-scripts.ts';
import { waitingRun } from './runs.ts';
import { expect, test, untilLive } from './test.ts';

const batch = (page: Page) => page.getByLabel('Batch size', { exact: true });
const seeds = (page: Page) => page.getByLabel('Seeds', { exact: true });

test('the form holds what was typed into it after other pages, a reload and a closed tab, until it is started over', async ({ page }) => {
  await page.goto('/runs');
  await page.getByRole('link', { name: 'Schedule', exact: true }).click();
  await batch(page).fill('7');
  await page.getByRole('radio', { name: /Distillation/ }).click();
  await page.getByRole('radio', { name: 'Train one first' }).click();
  await page.getByLabel('Model', { exact: true }).fill('cnn-32');
  await page.getByRole('button', { name: 'Remove network 1' }).click();
  await page.getByLabel('Tags', { exact: true }).pressSequentially('my tag,other');
  const holds = async (at: Page) => {
    await expect(at.getByText(/As you had left it/)).toBeVisible();
    await expect(batch(at)).toHaveValue('7');
    await expect(at.getByLabel('Model', { exact: true })).toHaveValue('cnn-32');
    await expect(at.getByLabel('Model of network 1')).toHaveCount(0);
    await expect(at.getByRole('button', { name: /^Remove the tag/ })).toHaveCount(2);
    await expect(at.getByRole('button', { name: 'Remove the tag my tag' })).toBeVisible();
  };
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await page.goBack();
  await holds(page);
  const other = await page.context().newPage();
  await other.goto('/schedule');
  await holds(other);
  await other.close();
  // After a reload, and what is typed before the page is alive comes on top.
  const letGo = await holdScripts(page);
  await page.reload({ waitUntil: 'commit' });
  await seeds(page).fill('4-5');
  await letGo();
  await holds(page);
  await expect(seeds(page)).toHaveValue('4-5');
  await expect(page.getByRole('list', { name: 'Seeds understood' })).toHaveText('45');

  await page.getByRole('button', { name: 'Start over' }).press('Enter');
  await expect(batch(page)).toHaveValue('64');
  await expect(page.getByLabel('Model of network 1')).toHaveValue('resnet-8');
  const back = page.getByRole('button', { name: 'Bring back what I had typed' });
  await expect(back).toBeFocused();
  await back.press('Enter');
  await expect(batch(page)).toHaveValue('7');
  await page.getByRole('button', { name: 'Start over' }).click();
  await page.reload();
  await expect(batch(page)).toHaveValue('64');
  await expect(page.getByText(/As you had left it/)).toHaveCount(0);
});

test('where the browser stores nothing, the form holds it from page to page and asks before it would be lost', async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
  });
  await page.goto('/schedule');
  await batch(page).fill('9');
  await expect(page.getByText(/This browser stores nothing/)).toBeVisible();
  await page.getByRole('link', { name: 'Runs', exact: true }).click();
  await expect(page).toHaveURL(/\/runs$/);
  await page.goBack();
  await expect(batch(page)).toHaveValue('9');
  await batch(page).fill('11');
  await expect(page.getByText(/This browser stores nothing/)).toBeVisible();
  const asked = page.waitForEvent('dialog');
  const reloading = page.reload();
  const dialog = await asked;
  expect(dialog.type()).toBe('beforeunload');
  await dialog.accept();
  await reloading;
  await expect(batch(page)).toHaveValue('64');
});

test('a note that is being written stays open when another is saved elsewhere, and after a reload', async ({ house, page }) => {
  const { id } = await waitingRun(house, { note: 'First.', tags: ['seen'] });
  const late = await holdAnswers(page, 'Run');
  await page.goto(`/runs/${id}`);
  const note = page.getByRole('textbox', { name: 'Note' });
  const save = (text: string, tags: string[]) =>
    house.ask('mutation ($id: ID!, $note: String, $tags: [String!]) { annotateRun(id: $id, note: $note, tags: $tags) { id } }', {
      id,
      note: text,
      tags,
    });
  await page.getByRole('button', { name: 'Edit', exact: true }).press('Enter');
  await expect(note).toBeFocused();
  await page.keyboard.press('End');
  await page.keyboard.type(' And mine');
  await late.held;
  await save('Theirs.', ['seen', 'by them']);
  await expect(page.getByText('The note was saved elsewhere while you were writing')).toBeVisible();
  // An answer that was read before and arrives after takes nothing back.
  await late.letGo();
  await untilLive(page);
  await expect(page.getByText('The note was saved elsewhere while you were writing')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Theirs.' })).toBeVisible();
  await expect(note).toHaveValue('First. And mine');
  await expect(note).toBeFocused();
  // Tags were not touched here: they follow.
  await expect(page.getByRole('button', { name: 'Remove the tag by them' })).toBeVisible();
  await page.reload();
  await expect(note).toHaveValue('First. And mine');
  await expect(page.getByText('The note was saved elsewhere while you were writing')).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await expect(page.getByText('was saved elsewhere')).toHaveCount(0);
  await page.getByRole('button', { name: 'Save' }).press('Enter');
  await expect(page.getByText('First. And mine')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Edit', exact: true })).toBeFocused();
  type Said = { run: { note: string; tags: string[] } };
  expect((await house.ask<Said>('query ($id: ID!) { run(id: $id) { note tags } }', { id })).run).toEqual({
    note: 'First. And mine',
    tags: ['seen', 'by them'],
  });
});

test('of two who edit an experiment the second is told, sees both texts and chooses', async ({ house, page }) => {
  const create = 'mutation { createExperiment(title: "Ours", note: "First.") { id slug } }';
  const { createExperiment: made } = await house.ask<{ createExperiment: { id: string; slug: string } }>(create);
  await page.goto(`/experiments/${made.slug}`);
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('textbox', { name: 'Note' }).fill('First. And mine');
  await house.ask('mutation ($id: ID!) { updateExperiment(id: $id, note: "Theirs.") { id } }', { id: made.id });
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The note was saved elsewhere while you were writing')).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Theirs.' })).toBeVisible();
  await page.getByRole('button', { name: 'Keep mine' }).click();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText('First. And mine')).toBeVisible();
});

test('a copy leaves tags and note behind until it is asked to take them, and says which seeds it would repeat', async ({ house, page }) => {
  const { id } = await waitingRun(house, { seeds: [1, 2, 3], note: 'Look here.', tags: ['my tag'] });
  await page.goto(`/runs/${id}`);
  await page.getByRole('link', { name: 'Clone' }).click();
  await seeds(page).fill('1-4');
  await expect(page.getByText(/^Seeds 1–3 exist with exactly these settings/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Remove the tag/ })).toHaveCount(0);
  await page.getByRole('button', { name: 'Take the next free: 4-7' }).press('Enter');
  await expect(seeds(page)).toBeFocused();
  await expect(seeds(page)).toHaveValue('4-7');
  await expect(page.getByText(/exist with exactly these settings/)).toHaveCount(0);
  // Other settings are another group.
  await seeds(page).fill('1');
  await expect(page.getByText(/^Seed 1 exists/)).toBeVisible();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.0123');
  await expect(page.getByText(/^Seed 1 exists/)).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Its tags: my tag' }).check();
  await expect(page.getByRole('button', { name: 'Remove the tag my tag' })).toBeVisible();
  await page.getByRole('button', { name: 'Schedule 1 run' }).click();
  await expect(page).toHaveURL(/\/runs\/run_/);
  const copy = await said(house, page);
  expect(copy).toEqual({ note: '', tags: ['my tag'] });
  // What was sent is no draft any more.
  await page.goBack();
  await expect(page.getByLabel('Learning rate', { exact: true })).not.toHaveValue('0.0123');
});

async function said(house: House, page: Page) {
  const id = new URL(page.url()).pathname.split('/').at(-1);
  const { run } = await house.ask<{ run: { note: string; tags: string[] } }>('query ($id: ID!) { run(id: $id) { note tags } }', { id });
  await house.ask('mutation ($id: ID!) { cancelRuns(ids: [$id]) { id } }', { id });
  return run;
}
