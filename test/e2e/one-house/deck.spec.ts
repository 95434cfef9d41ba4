import type { Page } from '@playwright/test';
import type { House } from '../house.ts';
import { expect, test } from './test.ts';

// From the gallery to a conclusion: the smallest preset that compares anything, six runs of twenty epochs.

test('the gallery has a card for each system, with its drawing, and none has runs yet', async ({ house, page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Deck', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Deck', level: 1 })).toBeVisible();
  const { deckSystems } = await house.ask<{ deckSystems: { title: string }[] }>('{ deckSystems { title } }');
  const cards = page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { level: 2 }) });
  await expect(cards).toHaveCount(deckSystems.length);
  for (const { title } of deckSystems) await expect(cards.getByRole('heading', { name: title })).toBeVisible();
  await expect(cards.first().getByRole('img')).toHaveAccessibleDescription(/teacher/);
  await expect(cards.first()).toContainText('no runs yet');
});

test('who has no key sees what would run, and cannot schedule it', async ({ stranger: reader }) => {
  await reader.goto('/deck/mutual');
  await expect(reader.getByText('You are reading')).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Schedule 6 runs' })).toBeDisabled();
  const refused = await reader.request.post('/graphql', {
    data: { query: 'mutation { scheduleDeckPreset(system: "mutual", scale: TINY) { scheduled { id } } }' },
  });
  expect(await refused.text()).toContain('UNAUTHENTICATED');
});

test('a scale whose dataset nobody has says so and cannot be scheduled', async ({ page }) => {
  await page.goto('/deck/mutual?scale=paper');
  await expect(page.getByText(/No trainer has announced the dataset/)).toBeVisible();
  await expect(page.getByRole('button', { name: /^Schedule \d/ })).toBeDisabled();
});

test('scheduled from its page, the runs end and the conclusion appears without a reload', async ({ house, page }) => {
  // Half a minute on two free cores; a busy machine takes its time.
  test.setTimeout(600_000);
  await page.goto('/deck');
  await page.getByRole('link', { name: 'Deep Mutual Learning' }).click();
  await expect(page).toHaveURL(/\/deck\/mutual$/);
  await expect(page.getByRole('radio', { name: /Tiny/ })).toBeChecked();
  const conclusions = page.getByRole('region', { name: /Conclusions/ });
  await expect(conclusions).toContainText('Not yet run');
  await page.getByRole('button', { name: 'Schedule 6 runs' }).click();
  await expect(page.getByRole('progressbar', { name: 'of 6 runs done' })).toBeVisible();
  await expect(conclusions).not.toContainText('Not yet run', { timeout: 500_000 });
  await expect(page.getByRole('radio', { name: /Tiny/ })).not.toContainText('runs done', { timeout: 500_000 });
  await expectToSayWhatTheApiSays(house, page);
});

test.describe('once its runs have ended', () => {
  test.describe.configure({ timeout: 600_000 });

  test.beforeEach(async ({ house, page }) => {
    await untilTrained(house);
    await page.goto('/deck/mutual');
  });

  test('sentences, table and plot say what the API says of these runs', async ({ house, page }) => {
    await expectToSayWhatTheApiSays(house, page);
  });

  test('a number leads to its runs, a seed to its own', async ({ page }) => {
    const results = page.getByRole('region', { name: 'Results' });
    await results.getByTitle('From 3 runs of DML').first().click();
    await expect(page).toHaveURL(/\/runs\?group=/);
    await expect(page.getByRole('row').getByRole('link', { name: /DML · cnn/ })).toHaveCount(3);
    await page.goBack();
    await results
      .getByRole('link', { name: /seed 2/ })
      .first()
      .click();
    await expect(page).toHaveURL(/\/runs\/run_/);
  });

  test('a page that asks for the same runs has its answer already', async ({ page }) => {
    await page.goto('/deck/accuracy-curve');
    await expect(page.getByText('All of them are there.')).toBeVisible();
    await expect(page.getByRole('button', { name: /^Schedule \d/ })).toHaveCount(0);
    await expect(page.getByRole('img', { name: /Validation accuracy of 4 lines over epochs/ })).toBeVisible();
  });

  test('a single group opens in the form, to be changed', async ({ page }) => {
    await page.goto('/deck/mutual');
    await page.getByRole('link', { name: 'Change and schedule DML' }).click();
    await expect(page.getByText(/“DML” of Deep Mutual Learning/)).toBeVisible();
    await expect(page.getByRole('radio', { name: /Mutual/ })).toBeChecked();
    await expect(page.getByRole('button', { name: 'Schedule 3 runs' })).toBeEnabled();
  });
});

/** Has its runs, if nobody had them yet, and waits until all have ended. */
async function untilTrained(house: House): Promise<void> {
  await house.ask('mutation { scheduleDeckPreset(system: "mutual", scale: TINY) { scheduled { id } } }');
  type Answer = { deckSystem: { preset: { groups: { results: { runIds: string[] }[] }[] } } };
  const counted = async () => {
    const ask = '{ deckSystem(slug: "mutual") { preset(scale: TINY) { groups { results { runIds } } } } }';
    const { groups } = (await house.ask<Answer>(ask)).deckSystem.preset;
    return groups.map(({ results }) => results[0]?.runIds.length ?? 0);
  };
  await expect.poll(counted, { timeout: 500_000 }).toEqual([3, 3]);
}

/** On a system's page, whether it was opened before or after its runs had ended. */
async function expectToSayWhatTheApiSays(house: House, page: Page): Promise<void> {
  type Statistic = { mean: number; sd: number | null };
  type Result = { label: string; testAccuracy: Statistic; runIds: string[] };
  type Conclusion = { sentence: string; verdict: string; runIds: string[] };
  type Answer = { deckSystem: { preset: { conclusions: Conclusion[]; groups: { title: string; results: Result[] }[] } } };
  const { deckSystem } = await house.ask<Answer>(
    `{ deckSystem(slug: "mutual") { preset(scale: TINY) {
      conclusions { sentence verdict runIds } groups { title results { label testAccuracy { mean sd } runIds } } } } }`,
  );
  for (const { sentence, verdict, runIds } of deckSystem.preset.conclusions) {
    await expect(page.getByText(sentence, { exact: true })).toBeVisible();
    expect(verdict).not.toBe('PENDING');
    expect(runIds).toHaveLength(6);
  }
  const rows = page.getByRole('region', { name: 'Results' }).getByRole('row');
  for (const { title, results } of deckSystem.preset.groups) {
    for (const { label, testAccuracy, runIds } of results) {
      expect(runIds).toHaveLength(3);
      const shown = `${(testAccuracy.mean * 100).toFixed(2)}± ${((testAccuracy.sd ?? Number.NaN) * 100).toFixed(2)}`;
      await expect(rows.filter({ hasText: label }).filter({ hasText: shown })).not.toHaveCount(0);
      const drawn = new RegExp(`^${title}, .*accuracy .* over 3 seeds`);
      await expect(page.getByRole('img', { name: drawn }).first()).toBeVisible();
    }
  }
}
