import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { type House, startHouse } from '../house.ts';

/** Whoever opens pages, with what their browser complained of. */
type Visitors = {
  /** The owner's page: it has the key. That its browser had nothing to complain about is part of every test that opens one. */
  page: Page;
  /** A page of somebody who has no key. */
  stranger: Page;
};

/**
 * A test with one house for all tests of a worker, which each of them leaves as usable as it found it: with runs, experiments and trainers
 * of its own, told apart by their names. Whoever ends services, or needs a house that holds nothing else, starts one of their own.
 */
export const test = base.extend<Visitors, { house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from it which fixtures are wanted.
    async ({}, use) => {
      const house = await startHouse();
      // Runs can be scheduled once the trainer has announced the generated dataset, which it does when it comes up.
      const datasets = async () => (await house.ask<{ datasets: unknown[] }>('{ datasets { id } }')).datasets.length;
      await base.expect.poll(datasets).toBeGreaterThan(0);
      await use(house);
      await house.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  baseURL: ({ house }, use) => use(house.web),
  page: async ({ page, house }, use) => {
    const complaints = listenTo(page);
    // The link as a browser follows it, but for the page that it leads to.
    await page.context().request.get(house.link, { maxRedirects: 0 });
    await use(page);
    const said = complaints.length > 0 ? await lastWords(house) : '';
    base.expect(complaints, `what the browser complained about; ${said}`).toEqual([]);
  },
  stranger: async ({ browser, house }, use) => {
    const context = await browser.newContext({ baseURL: house.web });
    await use(await context.newPage());
    await context.close();
  },
});

export { expect } from '@playwright/test';

/** The page is alive, and has read what it may have missed. */
export const untilLive = (page: Page) => base.expect(page.getByText('Live', { exact: true })).toBeVisible();

/** What page server and API said last. */
async function lastWords(house: House): Promise<string> {
  const said = ['web', 'api'].map(async (name) => {
    const log = await readFile(path.join(house.home, `logs/${name}.log`), 'utf8');
    return `the log of ${name}:\n${log.slice(-4000)}`;
  });
  return (await Promise.all(said)).join('\n');
}

/** Errors on a page's console or thrown in it, each with where it happened. */
function listenTo(page: Page): readonly string[] {
  const complaints: string[] = [];
  const note = (complaint: string) => complaints.push(`${page.url()}: ${complaint}`);
  page.on('console', (message) => message.type() === 'error' && note(`${message.text()} (${message.location().url})`));
  page.on('pageerror', (error) => note(error.message));
  return complaints;
}
