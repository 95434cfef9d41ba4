import { expect, test } from './test.ts';

test('runs end, the leaderboard fills without a reload, and every epoch is there exactly once', async ({ house, page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // As the form schedules them.
  const spec = {
    dataset: 'shapes-16',
    data: { trainSamples: 320 },
    networks: [{ model: 'cnn-5' }, { model: 'cnn-5' }],
    method: { mutual: {} },
    training: { epochs: 3, batchSize: 32 },
  };
  const schedule = 'mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id groupKey } }';
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string; groupKey: string }[] }>(schedule, {
    input: { spec, seeds: [1, 2] },
  });
  const rows = page.getByRole('row').filter({ hasText: 'cnn-5' });
  await expect(rows).toHaveCount(2, { timeout: 180_000 });
  await expect(rows.first()).toContainText(/\d\s*± \d/, { timeout: 180_000 });
  type Runs = { runs: { edges: { node: { state: string; metrics: { epochs: { network: number; epoch: number }[] } } }[] } };
  const { runs } = await house.ask<Runs>(
    'query ($group: String!) { runs(filter: { groupKey: $group }) { edges { node { state metrics { epochs { network epoch } } } } } }',
    { group: scheduleRuns[0]?.groupKey },
  );
  expect(runs.edges.map(({ node }) => node.state)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  for (const { node } of runs.edges) {
    const places = node.metrics.epochs.map(({ network, epoch }) => `${network}:${epoch}`).sort();
    expect(places).toEqual(['0:1', '0:2', '0:3', '1:1', '1:2', '1:3']);
  }
});

test('a run shows its curves, can be cancelled within a batch, retried and cloned', async ({ house, page }) => {
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string }[] }>(
    `mutation { scheduleRuns(input: { seeds: [5], spec: {
      dataset: "shapes-16", data: { trainSamples: 1000 }, networks: [{ model: "cnn-8" }], method: { independent: {} }, training: { epochs: 400 }
    } }) { id } }`,
  );
  await page.goto(`/runs/${scheduleRuns[0]?.id}`);
  await expect(page.getByRole('img', { name: /Accuracy.* after epoch \d/ })).toBeVisible();
  await expect(page.getByText(/images\/s/).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Retry' }).click();
  await expect(page.getByText('Running', { exact: true }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel the run' }).click();
  await expect(page.getByText('Cancelled', { exact: true }).first()).toBeVisible();
  await page.getByRole('link', { name: 'Clone' }).click();
  await expect(page.getByLabel('Epochs', { exact: true }).first()).toHaveValue('400');
});

test('an experiment gathers groups side by side', async ({ house, page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Experiments', exact: true }).click();
  await page
    .getByRole('button', { name: /New experiment|Create/ })
    .first()
    .click();
  await page.getByLabel('Title', { exact: true }).fill('Do small nets teach each other?');
  await page
    .getByRole('button', { name: /^Create/ })
    .last()
    .click();
  await expect(page.getByRole('heading', { name: 'Do small nets teach each other?' })).toBeVisible();
  const slug = new URL(page.url()).pathname.split('/').at(-1);
  const { experiment } = await house.ask<{ experiment: { id: string } }>('query ($slug: String!) { experiment(slug: $slug) { id } }', {
    slug,
  });
  for (const model of ['mlp-8', 'mlp-16']) {
    const spec = {
      dataset: 'shapes-16',
      data: { trainSamples: 100 },
      networks: [{ model }],
      method: { independent: {} },
      training: { epochs: 1, batchSize: 20 },
    };
    const input = { experimentId: experiment.id, spec, seeds: [1, 2] };
    await house.ask('mutation ($input: ScheduleRunsInput!) { scheduleRuns(input: $input) { id } }', { input });
  }
  const groups = page.getByRole('row').filter({ hasText: /mlp-/ });
  await expect(groups).toHaveCount(2);
  for (const group of await groups.all()) await expect(group).toContainText(/\d\s*± \d/, { timeout: 180_000 });
});
