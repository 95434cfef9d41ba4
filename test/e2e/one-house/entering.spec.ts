import { expect, test } from './test.ts';

test('the printed link opens the house, and the key leaves the address bar', async ({ house, stranger: page }) => {
  await page.goto(house.link);
  await expect(page).toHaveURL(`${house.web}/`);
  const cookies = await page.context().cookies();
  const own = `studyhall_${new URL(house.web).port}_`;
  expect(cookies.find(({ name }) => name.startsWith(own))).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});

test('whoever has no key may read on this machine, and is told how to write', async ({ stranger: reader }) => {
  await reader.goto('/schedule');
  await expect(reader.getByText('You are reading')).toBeVisible();
  const refused = await reader.request.post('/graphql', {
    data: { query: 'mutation { createExperiment(title: "no") { id } }' },
  });
  expect(await refused.text()).toContain('UNAUTHENTICATED');
});

test('a wrong key is told so', async ({ stranger }) => {
  await stranger.goto('/enter?key=wrong');
  await expect(stranger).toHaveURL(/\/enter\/refused/);
});

test('a stale key, however malformed, locks nobody out and is forgotten', async ({ browser, house, page: own }) => {
  const { name } = (await own.context().cookies()).find(({ name }) => name.startsWith('studyhall_')) ?? { name: '' };
  for (const value of ['%E2%82%AC', 'x'.repeat(3000)]) {
    const context = await browser.newContext({ baseURL: house.web });
    const domain = 'localhost';
    await context.addCookies([
      { name, value, domain, path: '/' },
      { name: 'studyhall_1_other', value, domain, path: '/' },
    ]);
    const page = await context.newPage();
    await page.goto('/runs');
    await expect(page.getByRole('heading', { name: 'Runs' })).toBeVisible();
    await expect(page.getByText('The key that this browser kept is not known here')).toBeVisible();
    await expect.poll(async () => (await context.cookies()).map((cookie) => cookie.name)).toEqual(['studyhall_1_other']);
    await context.close();
  }
});
