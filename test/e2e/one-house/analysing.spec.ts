import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './test.ts';

test('a question is asked on a run’s page and seen answered; its charts are saved as table and pictures', async ({ house, page }) => {
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string }[] }>(
    `mutation { scheduleRuns(input: { seeds: [13], spec: {
      dataset: "shapes-16", data: { trainSamples: 60 }, networks: [{ model: "mlp-8" }], method: { independent: {} },
      training: { epochs: 1, batchSize: 20 }
    } }) { id } }`,
  );
  await page.goto(`/runs/${scheduleRuns[0]?.id}`);
  await page.getByRole('button', { name: 'Analyse', exact: true }).click();
  await page.getByLabel('Question').selectOption('Entropy');
  await page.getByRole('button', { name: 'Ask', exact: true }).click();
  // The run's own curves show an entropy, too.
  const analyses = page.getByRole('region', { name: 'Analyses' });
  // It cannot be opened before it is answered, and is open then.
  await expect(analyses.getByRole('button', { name: 'Entropy' })).toBeEnabled();
  await expect(analyses.getByRole('img', { name: /entropy/i }).first()).toBeVisible();

  const table = await saved(page, analyses, 'CSV');
  expect(table.split('\r\n')[0]).toMatch(/entropy/i);
  const lines = await saved(page, analyses, 'SVG');
  expect(lines).toMatch(/^<svg/);
  expect(lines).toContain('mlp-8');
  expect(await saved(page, analyses, 'PNG')).toMatch(/^.PNG/);
});

test('a question is asked of a group, also of what is still in training; its answers stand over seeds', async ({ house, page }) => {
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { groupKey: string }[] }>(
    `mutation { scheduleRuns(input: { seeds: [1, 2], spec: {
      dataset: "shapes-16", data: { trainSamples: 60 }, networks: [{ model: "mlp-6" }], method: { independent: {} },
      training: { epochs: 1, batchSize: 20 }
    } }) { groupKey } }`,
  );
  await page.goto(`/groups/${scheduleRuns[0]?.groupKey}`);
  const analyses = page.getByRole('region', { name: 'Analyses over seeds' });
  await analyses.getByRole('button', { name: 'Analyse', exact: true }).click();
  await analyses.getByLabel('Question').selectOption('Entropy');
  await analyses.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(analyses.getByRole('status')).toContainText(/asked/);
  await expect(analyses.getByText('2 of 2 answered')).toBeVisible();
  await expect(analyses.getByRole('button', { name: /n = 2/ }).first()).toBeVisible();

  await analyses.getByRole('button', { name: 'Analyse', exact: true }).click();
  await analyses.getByLabel('Question').selectOption('Entropy');
  await analyses.getByRole('button', { name: 'Ask', exact: true }).click();
  await expect(analyses.getByRole('status')).toHaveText('2 had been asked of these very weights before.');
});

/** What the last button of that kind within a part of the page saves. */
async function saved(page: Page, within: Locator, kind: 'CSV' | 'SVG' | 'PNG'): Promise<string> {
  const coming = page.waitForEvent('download');
  await within
    .getByRole('button', { name: new RegExp(`^Download .* as ${kind}$`) })
    .last()
    .click();
  const download = await coming;
  expect(download.suggestedFilename()).toMatch(new RegExp(`\\.${kind.toLowerCase()}$`));
  return readFile(await download.path(), kind === 'PNG' ? 'latin1' : 'utf8');
}
