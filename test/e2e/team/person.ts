import { hostname } from 'node:os';
import { type Browser, expect, type Page } from '@playwright/test';
import { house } from './house.ts';

export const password = 'correct horse battery';

/** A browser of its own. */
export const open = async (browser: Browser): Promise<Page> => (await browser.newContext({ baseURL: house.web })).newPage();

export async function join(page: Page, link: string, name: string) {
  await page.goto(link.replace(hostname(), 'localhost'));
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await expect(page.getByRole('link', { name: `${name}: your account` })).toBeVisible();
}

export async function signIn(page: Page, name: string, given = password) {
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password', { exact: true }).fill(given);
  await page.getByRole('button', { name: 'Sign in' }).click();
}
