import path from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import { type House, startHouse } from '../e2e/house.ts';

const folder = path.resolve(import.meta.dirname, '../../docs/screenshots');

let house: House;
test.beforeAll(async () => {
  house = await startHouse({ env: { STUDYHALL_QUICK_START: '1' } });
});
test.afterAll(() => house?.stop());

// `npm run screenshots`: what README and guide show, taken of a real quick start.
test('the pictures of the guide', async ({ browser }) => {
  test.setTimeout(20 * 60_000);
  const began = performance.now();
  type Runs = { runs: { edges: { node: { id: string; method: string; seed: number; state: string } }[] } };
  const runs = async () =>
    (await house.ask<Runs>('{ runs(first: 50) { edges { node { id method seed state } } } }')).runs.edges.map(({ node }) => node);
  const context = await browser.newContext({ baseURL: house.web, viewport: { width: 1440, height: 900 }, colorScheme: 'light' });
  const page = await context.newPage();
  await page.goto(house.link);
  await expect
    .poll(async () => (await runs()).filter(({ state }) => state === 'SUCCEEDED').length, { timeout: 9 * 60_000, intervals: [500] })
    .toBe(9);
  console.log(`quick start: nine runs after ${((performance.now() - began) / 1000).toFixed(0)} s`);
  // The quick start has made some of what these pages ask for; the rest is scheduled.
  for (const slug of ['baseline-kd', 'mutual'])
    await house.ask('mutation ($slug: String!) { scheduleDeckPreset(system: $slug, scale: TINY) { scheduled { id } } }', { slug });
  await expect
    .poll(async () => (await runs()).filter(({ state }) => state !== 'SUCCEEDED').length, { timeout: 9 * 60_000, intervals: [1000] })
    .toBe(0);
  const mutual = (await runs()).find(({ method, seed }) => method === 'MUTUAL' && seed === 1);
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await shoot(page, '/', `leaderboard-${scheme}`);
    await shoot(page, `/runs/${mutual?.id}`, `run-${scheme}`);
    await shoot(page, '/deck', `deck-${scheme}`);
    await shoot(page, '/deck/mutual', `deck-system-${scheme}`, 1250);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await shoot(page, '/schedule', 'schedule-light');
  await shoot(page, '/experiments/quick-start', 'experiment-light');
  await page.setViewportSize({ width: 390, height: 844 });
  await shoot(page, '/', 'leaderboard-phone');
  await shoot(page, `/runs/${mutual?.id}`, 'run-phone');
  await shoot(page, '/deck/baseline-kd', 'deck-system-phone');
  await context.close();
});

/** Once everything is drawn: fonts, and charts by their words. */
async function shoot(page: Page, address: string, name: string, height?: number): Promise<void> {
  const size = page.viewportSize();
  if (size && height) await page.setViewportSize({ width: size.width, height });
  await page.goto(address);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const charts = page.getByRole('img', { name: /over epochs/ });
  if (address.startsWith('/runs/')) {
    await expect(charts.first()).toHaveAttribute('aria-label', /after epoch/);
    // Those that are out of sight are not drawn.
    await expect.poll(() => charts.evaluateAll(allAreDrawn)).toBe(true);
  }
  if (address.startsWith('/deck/')) await expect(page.locator('.katex').first()).toBeVisible();
  await page.evaluate(() => Promise.allSettled([document.fonts.ready, ...document.getAnimations().map(({ finished }) => finished)]));
  await page.screenshot({ path: path.join(folder, `${name}.png`), animations: 'disabled' });
  if (size && height) await page.setViewportSize(size);
}

/** Runs in the page, by itself: whether each chart is drawn, or out of sight. */
function allAreDrawn(charts: readonly Element[]): boolean {
  return charts.every((chart) => {
    const { top, bottom } = chart.getBoundingClientRect();
    return bottom < 0 || top > innerHeight || chart.querySelector('canvas') !== null;
  });
}
