import { expect, test } from '@playwright/test';
import { house } from './house.ts';
import { join, open, password } from './person.ts';

test('tokens are made, shown once, used and revoked on their page; the audit log says who did what, and whose the token was', async ({
  browser,
  request,
}) => {
  const { colleague } = await house.ask<{ colleague: { token: string } }>('mutation { colleague: invite(role: MEMBER) { token } }');
  await request.post(`${house.web}/join/accept`, { form: { invitation: colleague.token, name: 'Marie Curie', password } });
  await request.post(`${house.web}/graphql`, { data: { query: 'mutation { createExperiment(title: "By Marie") { id } }' } });

  const { invite } = await house.ask<{ invite: { token: string } }>('mutation { invite(role: ADMIN) { token } }');
  const page = await open(browser);
  await join(page, `${house.web}/join?invitation=${invite.token}`, 'Lise');

  // Named like a colleague.
  await page.goto('/admin/tokens');
  const form = page.getByRole('form', { name: 'Make a token' });
  await form.getByLabel('Name').fill('Marie Curie');
  await expect(form.getByText('Lise (Marie Curie)')).toBeVisible();
  await form.getByRole('button', { name: 'Make the token' }).click();
  const token = (await page.getByText(/^shp_/).textContent()) ?? '';
  await page.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText(token)).toHaveCount(0);
  const line = page.getByRole('listitem').filter({ has: page.getByRole('button', { name: 'Revoke Marie Curie' }) });
  await expect(line).toContainText(/A member’s: schedules and changes runs, too\s*Made by Lise.*; never used; good until/);

  const ask = (query: string) => page.request.post('/graphql', { data: { query }, headers: { authorization: `Bearer ${token}` } });
  const fields = Array.from({ length: 55 }, (_, i) => `e${i}: createExperiment(title: "Sweep ${i}") { createdBy }`);
  for (let at = 0; at < fields.length; at += 11) {
    const { data } = await (await ask(`mutation { ${fields.slice(at, at + 11).join(' ')} }`)).json();
    expect(data[`e${at}`]).toEqual({ createdBy: 'Lise (Marie Curie)' });
  }

  await page.getByRole('button', { name: 'Revoke Marie Curie' }).click();
  await page.getByRole('button', { name: 'Revoke the token' }).click();
  await expect(page.getByRole('button', { name: 'Revoke the token' })).toHaveCount(0);
  await expect(line).toHaveCount(0);
  expect(await (await ask('{ viewer { name } }')).text()).toContain('This token was revoked');
  await page.getByRole('checkbox', { name: 'Those that ended' }).check();
  await expect(page.getByRole('listitem').filter({ hasText: 'Marie Curie' })).toContainText('revoked by Lise');

  await page.goto('/admin/audit');
  const entries = page.getByRole('main').getByRole('listitem');
  await expect(entries.first()).toContainText('revoke token');
  await expect(page.getByText(/^50 of [\d,]+ entries in sight$/)).toBeVisible();
  await page.getByLabel('Who').fill('Marie Curie');
  await page.getByLabel('Did what').selectOption('createExperiment');
  await expect(entries).toHaveCount(1);
  await page.getByLabel('Who').fill('Lise');
  await expect(page.getByText('50 of 55 entries in sight')).toBeVisible();
  await expect(entries.first()).toContainText('Lise (Marie Curie)');
  await page.getByRole('button', { name: 'Next' }).click();
  await expect(entries).toHaveCount(5);
  await page.getByLabel('To (UTC)').fill('2020-01-01');
  await expect(page.getByText('Nothing of that kind was done.')).toBeVisible();
});
