import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { makeHome } from '../house.ts';
import { house } from './house.ts';

const query = { data: { query: '{ runs { totalCount } }' } };

test('bound to more than this machine, nothing can be read without the key, not even from here', async ({ page, request }) => {
  await page.goto(`${house.web}/runs`);
  await expect(page.getByRole('textbox', { name: /key/i })).toBeVisible();
  expect(await (await request.post(`${house.web}/graphql`, query)).text()).toContain('UNAUTHENTICATED');
  const byGet = await request.get(`${house.web}/graphql?query=${encodeURIComponent('{runs{totalCount}}')}`, {
    headers: { 'apollo-require-preflight': 'true' },
  });
  expect(await byGet.text()).toContain('UNAUTHENTICATED');
});

test('the link names the host that others may use, and its key opens the house', async ({ page }) => {
  expect(house.link).toContain(`http://${hostname()}:`);
  await page.goto(house.link.replace(hostname(), 'localhost'));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  expect(await (await page.request.post(`${house.web}/graphql`, query)).json()).toEqual({ data: { runs: { totalCount: 0 } } });
});

test('a host that nobody allowed is refused', async ({ request }) => {
  const answer = await request.get(house.web, { headers: { host: 'evil.example' } });
  expect(answer.ok()).toBe(false);
});

test('a second machine joins through the pages’ port with the command that the page shows, is drained and resumed there, leaves on Ctrl-C, and is removed', async ({
  page,
}) => {
  await page.goto(house.link.replace(hostname(), 'localhost'));
  await page.getByRole('link', { name: 'Trainers', exact: true }).click();
  await page.getByLabel('Name of the machine').fill('laptop');
  await page.getByRole('button', { name: 'Create a token' }).click();
  const shown = page.getByText(/npm run trainer -- join/);
  const args = /trainer -- (join .*--token \S+)/.exec((await shown.textContent()) ?? '')?.[1]?.split(' ') ?? [];
  const home = await makeHome();
  const trainer = spawn(process.execPath, ['start/trainer.mjs', ...args, '--name', 'laptop'], {
    cwd: path.resolve(import.meta.dirname, '../../..'),
    env: { ...process.env, STUDYHALL_HOME: home },
    stdio: 'ignore',
  });
  try {
    await page.goto(`${house.web}/trainers`);
    await expect(page.getByRole('heading', { name: /laptop\s*Online/ })).toBeVisible();
    await page.getByRole('button', { name: 'Drain laptop' }).click();
    await page.getByRole('button', { name: 'Resume laptop' }).click();
    await expect(page.getByRole('button', { name: 'Drain laptop' })).toBeVisible();
    trainer.kill('SIGINT');
    await once(trainer, 'exit');
    const offline = page.getByRole('heading', { name: /laptop\s*Offline/ });
    await expect(offline).toBeVisible();
    await page.getByRole('button', { name: 'Remove laptop' }).click();
    await expect(offline).toHaveCount(0);
  } finally {
    trainer.kill('SIGKILL');
    await rm(home, { recursive: true, force: true });
  }
});
