import type { House } from '../house.ts';
import { expect, test } from './test.ts';

/** Runs that nothing in this house can train, in an experiment of their own: they stay queued until they are cancelled. */
async function queueRuns(house: House, title: string, seeds: number[], tags: string[] = []) {
  const { createExperiment: experiment } = await house.ask<{ createExperiment: { id: string; slug: string } }>(
    'mutation ($title: String!) { createExperiment(title: $title) { id slug } }',
    { title },
  );
  const spec = { dataset: 'shapes-16', networks: [{ model: 'mlp-4' }], method: { independent: {} }, training: { epochs: 7 } };
  const input = { experimentId: experiment.id, seeds, spec, tags, execution: { engine: 'COMPILED_CUDA' } };
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string }[] }>(
    'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }',
    { input },
  );
  return { experiment, ids: scheduleRuns.map(({ id }) => id) };
}

const cancel = (house: House, ids: string[]) => house.ask('mutation ($ids: [ID!]!) { cancelRuns(ids: $ids) { id } }', { ids });
const archive = (house: House, ids: string[], archived = true) =>
  house.ask('mutation ($ids: [ID!]!, $archived: Boolean!) { archiveRuns(ids: $ids, archived: $archived) { id } }', { ids, archived });

test('a list filtered by state lets go of runs that have left it, and takes in those that came, with their count', async ({
  house,
  page,
}) => {
  const { experiment, ids } = await queueRuns(house, 'Filtered by state', [1, 2, 3]);
  const rows = page.getByRole('link', { name: /mlp-4/ });
  await page.goto(`/runs?state=QUEUED&experiment=${experiment.id}`);
  await expect(rows).toHaveCount(3);
  await expect(page.getByText('3 runs', { exact: true })).toBeVisible();
  await cancel(house, ids.slice(0, 2));
  await expect(rows).toHaveCount(1);
  await expect(page.getByText('1 run', { exact: true })).toBeVisible();
  await house.ask('mutation ($ids: [ID!]!) { retryRuns(ids: $ids) { id } }', { ids: ids.slice(0, 1) });
  await expect(rows).toHaveCount(2);
  await cancel(house, ids);
  await expect(page.getByText('0 runs', { exact: true })).toBeVisible();
});

test('a list follows runs into the archive and out of it, and a tag that is taken away; the experiment says how many are archived', async ({
  house,
  page,
}) => {
  const { experiment, ids } = await queueRuns(house, 'Filtered by archive and tag', [1, 2], ['to-keep']);
  await cancel(house, ids);
  const rows = page.getByRole('link', { name: /mlp-4/ });
  await page.goto(`/runs?experiment=${experiment.id}&tag=to-keep`);
  await expect(rows).toHaveCount(2);
  await house.ask('mutation ($id: ID!) { annotateRun(id: $id, tags: []) { id } }', { id: ids[0] });
  await expect(rows).toHaveCount(1);
  await archive(house, ids);
  await expect(rows).toHaveCount(0);
  await page.goto(`/runs?experiment=${experiment.id}&archived=yes`);
  await expect(rows).toHaveCount(2);
  await archive(house, ids.slice(0, 1), false);
  await expect(rows).toHaveCount(1);
  await page.goto(`/experiments/${experiment.slug}`);
  await expect(page.getByText('1 archived')).toBeVisible();
  await archive(house, ids);
  await expect(page.getByText('2 archived').first()).toBeVisible();
});

test('experiments that are made, renamed or emptied elsewhere are so in an open list, on their own page and in pickers', async ({
  house,
  page,
}) => {
  const { experiment, ids } = await queueRuns(house, 'Asked first', [1, 2]);
  await page.goto('/experiments');
  const row = page.getByRole('listitem').filter({ hasText: 'Asked first' });
  await expect(row).toContainText('2 queued');
  const rename = (title: string) =>
    house.ask('mutation ($id: ID!, $title: String) { updateExperiment(id: $id, title: $title) { id } }', { id: experiment.id, title });
  await rename('Asked again');
  await expect(page.getByRole('link', { name: 'Asked again' })).toBeVisible();
  const { moveRuns } = await house.ask<{ moveRuns: { runs: { experiment: { id: string } }[] } }>(
    'mutation ($ids: [ID!]!) { moveRuns(ids: $ids, newExperiment: "Made elsewhere") { runs { experiment { id } } } }',
    { ids: ids.slice(0, 1) },
  );
  await expect(page.getByRole('listitem').filter({ hasText: 'Made elsewhere' })).toContainText('1 queued');
  await expect(page.getByRole('listitem').filter({ hasText: 'Asked again' })).toContainText('1 queued');
  await page.goto(`/experiments/${experiment.slug}`);
  await expect(page.getByText('1 queued')).toBeVisible();
  await house.ask('mutation ($ids: [ID!]!) { moveRuns(ids: $ids) { done } }', { ids: ids.slice(1) });
  await expect(page.getByText('No runs yet', { exact: true })).toBeVisible();
  await page.goto('/runs');
  await expect(page.getByRole('option', { name: 'Made elsewhere' })).toBeAttached();
  await house.ask('mutation ($id: ID!) { updateExperiment(id: $id, title: "Named by others") { id } }', {
    id: moveRuns.runs[0]?.experiment.id,
  });
  await expect(page.getByRole('option', { name: 'Named by others' })).toBeAttached();
  await cancel(house, ids);
});
