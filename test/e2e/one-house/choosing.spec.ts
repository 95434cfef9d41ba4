import { expect, test } from './test.ts';
import { waiting } from './waiting-runs.ts';

test('a teacher is found by typing, and a new experiment is made with the runs that are scheduled into it', async ({ house, page }) => {
  const teachers = await waiting(house, { networks: [{ model: 'mlp-6' }], method: { independent: {} } }, [3]);
  await page.goto('/schedule');
  await page.getByRole('radio', { name: /^Distillation/ }).click();
  await page.getByRole('radio', { name: 'One run' }).click();
  const teacher = page.getByRole('combobox', { name: 'The run that teaches' });
  await teacher.click();
  // Enter comes before what was typed is looked for, and takes what is found; whoever goes on at once has it, too.
  await page.keyboard.type('mlp-6');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  await expect(teacher).toHaveValue('Independent · mlp-6 · seed 3');
  await teacher.click();
  await expect(page.getByRole('option', { name: /Independent · mlp-6 · seed 3/ })).toContainText('mlp-6 · shapes-16 · queued');
  await page.keyboard.press('Escape');
  const summary = page.getByRole('complementary', { name: 'Summary' });
  await expect(summary).toContainText('Independent · mlp-6 · seed 3');
  await expect(summary).toContainText('T 4');

  const experiment = page.getByLabel('Experiment', { exact: true });
  await experiment.click();
  await page.keyboard.type('Made while scheduling');
  await page.getByRole('option', { name: 'New experiment “Made while scheduling”' }).click();
  await expect(experiment).toHaveValue('Made while scheduling (new)');
  type Answer = { experiments: { edges: { node: { id: string; counts: { total: number } } }[] } };
  const made = async () =>
    (await house.ask<Answer>('{ experiments(search: "Made while scheduling") { edges { node { id counts { total } } } } }')).experiments
      .edges;
  // Whoever leaves the form leaves no empty experiment behind.
  expect(await made()).toEqual([]);
  await page.getByLabel('Seeds', { exact: true }).fill('3');
  await page.getByRole('button', { name: /^Schedule \d/ }).click();
  await page.waitForURL(/\/runs/);
  expect((await made()).map(({ node }) => node.counts.total)).toEqual([1]);
  const id = page.url().split('/').at(-1);
  for (const action of ['CANCEL', 'ARCHIVE', 'DELETE'])
    await house.ask(`mutation ($ids: [ID!]!) { changeRuns(ids: $ids, action: ${action}) { done } }`, { ids: [id] });
  await teachers.remove();
});
