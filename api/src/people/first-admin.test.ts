import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useDatabase } from '../testing/rules-suite.ts';
import { inviteFirstAdmin } from './first-admin.ts';
import { findOpen } from './invitations.ts';

describe('the first admin of a server', () => {
  const suite = useDatabase();
  let homes: string[];
  beforeAll(async () => {
    homes = await Promise.all([1, 2].map(() => mkdtemp(path.join(tmpdir(), 'studyhall-first-'))));
  });
  afterAll(() => Promise.all(homes.map((home) => rm(home, { recursive: true }))));

  it('is invited by one of several processes, which prints the same link at its next start', async () => {
    const made = await Promise.all(homes.map((home) => inviteFirstAdmin(suite.db, home)));
    const [token] = made.filter((one) => one !== undefined);
    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
    expect(await findOpen(suite.db, token ?? '')).toMatchObject({ role: 'ADMIN', createdBy: null });
    expect(await Promise.all(homes.map((home) => inviteFirstAdmin(suite.db, home)))).toEqual(made);
  });

  it('is invited anew when nobody came in time', async () => {
    const before = await Promise.all(homes.map((home) => inviteFirstAdmin(suite.db, home)));
    await suite.database.query(`UPDATE invitations SET expires_at = now() - interval '1 s'`);
    const after = await inviteFirstAdmin(suite.db, homes[0] ?? '');
    expect(after).toMatch(/^shi_/);
    expect(before).not.toContain(after);
  });

  it('is invited no more once there is one; nothing of it stays in the home', async () => {
    await suite.db.person.create({ data: { id: 'person_1', name: 'Ada', username: 'ada', role: 'ADMIN' } });
    for (const home of homes) {
      expect(await inviteFirstAdmin(suite.db, home)).toBeUndefined();
      await expect(readFile(path.join(home, 'first-admin'))).rejects.toThrow(/ENOENT/);
    }
  });
});
