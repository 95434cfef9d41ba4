import { expect, test } from '@playwright/test';
import { house } from './house.ts';
import { join, open, password, signIn } from './person.ts';

test('people come by invitation, act in their own name, and go: everywhere, or because an admin says so', async ({ browser }) => {
  // The first admin, by the link that the start printed.
  const admin = await open(browser);
  const first = /becomes one, once:\s+(\S+)/.exec(house.printed())?.[1] ?? '';
  await join(admin, first, 'Ada');
  const [cookie] = (await admin.context().cookies()).filter(({ name }) => name.startsWith('studyhall_'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', secure: false, path: '/' });

  // An invitation for a member and one for a viewer.
  const invite = async (role: string) => {
    await admin.goto('/admin/people');
    await admin.getByLabel('Role', { exact: true }).selectOption(role);
    await admin.getByRole('button', { name: 'Make an invitation' }).click();
    return (await admin.getByText(/join\?invitation=/).textContent()) ?? '';
  };
  const [forMember, forViewer] = [await invite('MEMBER'), await invite('VIEWER')];
  const [member, viewer] = [await open(browser), await open(browser)];
  await join(member, forMember, 'Grace Hopper');
  await join(viewer, forViewer, 'Alan');

  // A used invitation says so, and makes nobody.
  const late = await open(browser);
  await late.goto(forMember);
  await expect(late.getByText('This invitation was used')).toBeVisible();
  await expect(late.getByRole('button', { name: 'Make the account' })).toHaveCount(0);

  // What a member does carries their name; what a viewer may not is explained.
  await member.goto('/experiments');
  await member.getByRole('button', { name: 'New experiment' }).click();
  await member.getByRole('textbox', { name: 'Title' }).fill('By Grace');
  await member.getByRole('button', { name: 'Create' }).click();
  await expect(member.getByRole('heading', { name: 'By Grace' })).toBeVisible();
  expect(await house.ask('{ experiments { edges { node { createdBy } } } }')).toMatchObject({
    experiments: { edges: [{ node: { createdBy: 'Grace Hopper' } }] },
  });
  await viewer.goto('/schedule');
  await expect(viewer.getByText('You are a viewer: ask an admin')).toBeVisible();
  await viewer.goto('/admin/people');
  await expect(viewer.getByText('This page is for admins')).toBeVisible();
  await expect(viewer.getByRole('link', { name: 'People', exact: true })).toHaveCount(0);

  // Signing in: a wrong password keeps what was typed, and one comes back to the page that was asked for.
  const second = await open(browser);
  await second.goto('/runs?state=RUNNING');
  await signIn(second, 'grace hopper', 'a wrong password');
  await expect(second.getByText('not the name and password of anybody')).toBeVisible();
  await expect(second.getByLabel('Name')).toHaveValue('grace hopper');
  await signIn(second, 'grace hopper');
  await expect(second).toHaveURL(`${house.web}/runs?state=RUNNING`);
  await expect(second.getByRole('heading', { name: 'Runs' })).toBeVisible();

  // Signing out everywhere ends the other browser, too: its open page says so by itself, once.
  await member.goto('/account');
  await member.getByRole('button', { name: 'Sign out everywhere' }).click();
  await expect(member.getByText('You are signed out')).toBeVisible();
  await expect(second.getByRole('heading', { name: 'Sign in again' })).toBeVisible();
  await expect.poll(async () => (await second.context().cookies()).length).toBe(0);
  await second.goto('/runs');
  await expect(second.getByRole('heading', { name: 'Sign in', exact: true })).toBeVisible();

  // The admin changes a role and removes somebody, who is out at once.
  await admin.goto('/admin/people');
  await admin.getByLabel('Role of Alan').selectOption('MEMBER');
  await expect(async () => {
    await viewer.goto('/schedule');
    await expect(viewer.getByText('Copy the spec as JSON')).toBeVisible();
    expect(await viewer.getByText('You are a viewer').count()).toBe(0);
  }).toPass();
  await expect(admin.getByRole('button', { name: 'Remove Ada' })).toBeDisabled();
  await admin.getByRole('button', { name: 'Remove Alan' }).click();
  await admin.getByRole('button', { name: 'Remove the account' }).click();
  await expect(admin.getByLabel('Role of Alan')).toHaveCount(0);
  await viewer.goto('/runs');
  await expect(viewer.getByRole('heading', { name: /^Sign in/ })).toBeVisible();
});

test('without scripts one signs in all the same; from another site’s page nobody does', async ({ browser, request }) => {
  const { invite } = await house.ask<{ invite: { token: string } }>('mutation { invite(role: VIEWER) { token } }');
  const joined = await request.post(`${house.web}/join/accept`, { form: { invitation: invite.token, name: 'Emmy', password } });
  expect(joined.url()).toBe(`${house.web}/`);
  const context = await browser.newContext({ baseURL: house.web, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/runs');
  await signIn(page, 'Emmy', 'a wrong password');
  await expect(page.getByText('not the name and password')).toBeVisible();
  await signIn(page, 'Emmy');
  await expect(page).toHaveURL(`${house.web}/runs`);
  await expect(page.getByRole('link', { name: 'Emmy: your account' })).toBeVisible();
  await context.close();
  const form = { name: 'Emmy', password, next: '//evil.example/' };
  const foreign = await request.post(`${house.web}/sign-in/begin`, { form, headers: { origin: 'https://evil.example' }, maxRedirects: 0 });
  expect(foreign.status()).toBe(403);
  const secure = await request.post(`${house.web}/sign-in/begin`, { form, headers: { 'x-forwarded-proto': 'https' }, maxRedirects: 0 });
  expect(secure.headers()).toMatchObject({ location: '/', 'set-cookie': expect.stringMatching(/HttpOnly; SameSite=Lax; Secure$/) });
});
