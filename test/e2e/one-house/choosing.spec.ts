import { expect, test } from './test.ts';
import { waiting } from './waiting-runs.ts';

test('a teacher is found by typing, and a new experiment is made where it is chosen', async ({ house, page }) => {
  const teachers = await waiting(house, { networks: [{ model: 'mlp-6' }], method: { independent: {} } }, [3]);
  await page.goto('/schedule');
  await page.getByRole('radio', { name: /^Distillation/ }).click();
  await page.getByRole('radio', { name: 'One run' }).click();
  const teacher = page.getByRole('combobox', { name: 'The run that teaches' });
  await teacher.click();
  await page.keyboard.type('mlp-6');
  const option = page.getByRole('option', { name: /Independent · mlp-6 · seed 3/ });
  await expect(option).toContainText('mlp-6 · shapes-16 · queued');
  await page.keyboard.press('Enter');
  await expect(teacher).toHaveValue('Independent · mlp-6 · seed 3');
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expect(summary).toContainText('Independent · mlp-6 · seed 3');
  await expect(summary).toContainText('T 4');

  const experiment = page.getByLabel('Experiment', { exact: true });
  await experiment.click();
  await page.keyboard.type('Made while scheduling');
  await page.getByRole('option', { name: 'New experiment “Made while scheduling”' }).click();
  await expect(experiment).toHaveValue('Made while scheduling');
  type Answer = { experiments: { totalCount: number } };
  const { experiments } = await house.ask<Answer>('{ experiments(search: "Made while scheduling") { totalCount } }');
  expect(experiments.totalCount).toBe(1);
  await teachers.remove();
});
