import { expect, type Page, test } from '@playwright/test';
import type { House } from './house.ts';
import { type Visit, visitHouse } from './visit.ts';

// One user's first hour, in order, on one house: each step begins where the one before ended.
test.describe.configure({ mode: 'serial' });

let visit: Visit;
let house: House;
let page: Page;

test.beforeAll(async ({ browser }) => {
  visit = await visitHouse(browser);
  ({ house, page } = visit);
});

test.afterAll(() => visit?.end());

test('the printed link opens the house, and the key leaves the address bar', async () => {
  await page.goto(house.link);
  await expect(page).toHaveURL(`${house.web}/`);
  const cookies = await page.context().cookies();
  const own = `studyhall_${new URL(house.web).port}_`;
  expect(cookies.find(({ name }) => name.startsWith(own))).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('the trainer is in the fleet', async () => {
  await page.getByRole('link', { name: 'Trainers', exact: true }).click();
  await expect(page.getByText('shapes-16').first()).toBeVisible();
});

test('the form says at the field what is wrong, and schedules several seeds once it is right', async () => {
  await page.getByRole('link', { name: 'Schedule', exact: true }).first().click();
  await page.getByRole('radio', { name: /Mutual/ }).click();
  await page.getByRole('checkbox', { name: 'Use teachers beside the peers' }).check();
  await expect(page.getByRole('button', { name: 'Add teacher' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Use teachers beside the peers' }).uncheck();
  await page.getByLabel('Model of network 0').fill('resnet-9');
  await expect(page.getByLabel('Model of network 0')).toHaveAccessibleDescription(/6n\+2/);
  await page.getByLabel('Model of network 0').fill('cnn-4');
  await page.getByLabel('Model of network 1').fill('cnn-4');
  await page.getByLabel('Learning rate', { exact: true }).fill('-1');
  await expect(page.getByLabel('Learning rate', { exact: true })).toHaveAccessibleDescription(
    /above 0.* is -1; it has to be at least 1e-8/,
  );
  await expect(page.getByRole('button', { name: /^Schedule \d/ })).toBeDisabled();
  await page.getByLabel('Learning rate', { exact: true }).fill('0.05');
  await page.getByLabel('Epochs', { exact: true }).first().fill('3');
  await page.getByLabel('Training images').fill('320');
  await page.getByLabel('Batch size').fill('32');
  await page.getByLabel('Seeds', { exact: true }).fill('1-2');
  await page.getByRole('button', { name: 'Schedule 2 runs' }).click();
  await expect(page).toHaveURL(/\/runs\?group=/);
});

test('both runs end, the leaderboard fills without a reload, and every epoch is there exactly once', async () => {
  await page.getByRole('link', { name: 'Leaderboard', exact: true }).click();
  const rows = page.getByRole('row').filter({ hasText: 'cnn-4' });
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText(/\d\s*± \d/, { timeout: 180_000 });
  type Runs = { runs: { edges: { node: { state: string; metrics: { epochs: { network: number; epoch: number }[] } } }[] } };
  const { runs } = await house.ask<Runs>('{ runs { edges { node { state metrics { epochs { network epoch } } } } } }');
  expect(runs.edges.map(({ node }) => node.state)).toEqual(['SUCCEEDED', 'SUCCEEDED']);
  for (const { node } of runs.edges) {
    const places = node.metrics.epochs.map(({ network, epoch }) => `${network}:${epoch}`).sort();
    expect(places).toEqual(['0:1', '0:2', '0:3', '1:1', '1:2', '1:3']);
  }
});

test('a run shows its curves, can be cancelled within a batch, retried and cloned', async () => {
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

test('an experiment gathers groups side by side', async () => {
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

test('whoever has no key may read on this machine, and is told how to write', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: house.web });
  const reader = await context.newPage();
  await reader.goto('/schedule');
  await expect(reader.getByText('You are reading')).toBeVisible();
  const refused = await context.request.post('/graphql', {
    data: { query: 'mutation { createExperiment(title: "no") { id } }' },
  });
  expect(await refused.text()).toContain('UNAUTHENTICATED');
  await context.close();
});

test('a wrong key is told so', async ({ browser }) => {
  const context = await browser.newContext({ baseURL: house.web });
  const stranger = await context.newPage();
  await stranger.goto('/enter?key=wrong');
  await expect(stranger).toHaveURL(/\/enter\/refused/);
  await context.close();
});

test('from a trainer’s report to the browser’s curve', async () => {
  const latencies = await measureReportToCurve(house, page);
  const sorted = latencies.toSorted((a, b) => a - b);
  console.log(`report to curve: median ${sorted[Math.floor(sorted.length / 2)]} ms, worst ${sorted.at(-1)} ms of ${sorted.length}`);
  expect(latencies).toHaveLength(10);
});

test('the browser had nothing to complain about', () => {
  expect(visit.complaints).toEqual([]);
});

/** The test plays a trainer: milliseconds from sending each of ten epochs to the curve's saying so. */
async function measureReportToCurve(house: House, page: Page): Promise<number[]> {
  const { createToken } = await house.ask<{ createToken: { token: string } }>(
    'mutation { createToken(name: "stopwatch", role: TRAINER) { token } }',
  );
  const trainer = async <Data>(query: string, variables: Record<string, unknown>): Promise<Data> => {
    const answer = await fetch(`${house.api}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${createToken.token}` },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await answer.json()) as { data: Data; errors?: unknown };
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const dataset = {
    name: 'stopwatch',
    hash: `sha256:${'0'.repeat(64)}`,
    views: [{ name: 'image', shape: [16, 16, 3] }],
    classes: [{ name: 'a' }, { name: 'b' }],
    trainSize: 1000,
    testSize: 100,
  };
  const { registerTrainer } = await trainer<{ registerTrainer: { trainer: { id: string } } }>(
    'mutation ($input: RegisterTrainerInput!) { registerTrainer(input: $input) { trainer { id } } }',
    {
      input: {
        key: 'stopwatch',
        name: 'stopwatch',
        host: 'test',
        engines: ['compiled-cuda'],
        device: 'none',
        slots: 1,
        version: '0',
        datasets: [dataset],
      },
    },
  );
  const { scheduleRuns } = await house.ask<{ scheduleRuns: { id: string }[] }>(
    `mutation { scheduleRuns(input: { seeds: [1], execution: { engine: COMPILED_CUDA },
      spec: { dataset: "stopwatch", networks: [{ model: "mlp-4" }], method: { independent: {} }, training: { epochs: 10 } } }) { id } }`,
  );
  const { claimJob } = await trainer<{ claimJob: { jobId: string; attempt: number } }>(
    'mutation ($id: ID!) { claimJob(trainerId: $id) { jobId attempt } }',
    { id: registerTrainer.trainer.id },
  );
  const lease = { jobId: claimJob.jobId, attempt: claimJob.attempt };
  await page.goto(`/runs/${scheduleRuns[0]?.id}`);
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
    const row = {
      network: 0,
      epoch,
      trainLoss: 1 / epoch,
      trainTerms: { crossEntropy: 1 / epoch },
      trainAccuracy: 1 - 0.5 / epoch,
      validationAccuracy: 1 - 0.6 / epoch,
      learningRate: 0.1,
      imagesPerSecond: 100,
      seconds: 1,
    };
    await trainer('mutation ($input: CommitEpochsInput!) { commitEpochs(input: $input) { expiresAt } }', {
      input: { lease, epochs: [row] },
    });
    latencies.push(Math.round((await seen) - sent));
  }
  await trainer('mutation ($input: FailJobInput!) { failJob(input: $input) }', {
    input: { lease, error: 'The stopwatch is done.', permanent: true },
  });
  return latencies;
}
