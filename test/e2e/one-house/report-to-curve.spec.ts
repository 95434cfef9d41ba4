import { playTrainer } from '../played-trainer.ts';
import { expect, test } from './test.ts';

test('from a trainer’s report to the browser’s curve', async ({ house, page }) => {
  const { createExperiment } = await house.ask<{ createExperiment: { id: string } }>(
    'mutation { createExperiment(title: "Stopwatch") { id } }',
  );
  const trainer = await playTrainer(house, createExperiment.id, 10);
  await page.goto(`/runs/${trainer.runId}`);
  await expect(page.getByRole('img', { name: /Accuracy/ })).toBeVisible();
  const latencies: number[] = [];
  for (let epoch = 1; epoch <= 10; epoch++) {
    const seen = page.evaluate(async (wanted) => {
      const says = () =>
        [...document.querySelectorAll('[aria-label]')].some((node) =>
          node.getAttribute('aria-label')?.match(new RegExp(`^Accuracy.*after epoch ${wanted}\\b`)),
        );
      if (!says())
        await new Promise<void>((resolve) => {
          const observer = new MutationObserver(() => {
            if (!says()) return;
            observer.disconnect();
            resolve();
          });
          observer.observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['aria-label'] });
        });
      return performance.timeOrigin + performance.now();
    }, epoch);
    const sent = performance.timeOrigin + performance.now();
    await trainer.commit(epoch);
    latencies.push(Math.round((await seen) - sent));
  }
  await trainer.fail('The stopwatch is done.');
  const sorted = latencies.toSorted((a, b) => a - b);
  console.log(`report to curve: median ${sorted[Math.floor(sorted.length / 2)]} ms, worst ${sorted.at(-1)} ms of ${sorted.length}`);
  expect(latencies).toHaveLength(10);
});
