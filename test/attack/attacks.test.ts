import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../api/src/testing/database.ts';
import { ChaosApi } from '../chaos/fleet/api.ts';
import { attacks } from './attacks.ts';
import { besides } from './bystander.ts';
import { aimAt, memoryOf, type Target } from './target.ts';

let database: TestDatabase;
let home: string;
let api: ChaosApi;
let target: Target;
beforeAll(async () => {
  database = await createTestDatabase();
  home = await mkdtemp(join(tmpdir(), 'studyhall-attack-'));
  api = await ChaosApi.start({
    databaseUrl: database.url,
    home,
    leaseSeconds: 60,
    renewSeconds: 1,
    env: { ARTIFACT_QUOTA_GB: '0.02', LOG_LEVEL: 'fatal' },
  });
  target = await aimAt(api, database);
});
afterAll(async () => {
  await api.stop();
  await database.drop();
  await rm(home, { recursive: true, force: true });
});

describe.each(attacks)('$who: $what', ({ right, run }) => {
  it(right, async () => {
    const { result, lived } = await besides(target.url, () => run(target));
    expect(result).toEqual([]);
    expect(lived.errors).toEqual([]);
    // How fast the others are answered meanwhile is measured by `npm run attack`; deaf is what nobody may ever be.
    expect(lived.worstMs).toBeLessThan(5000);
    expect((await memoryOf(target.pid)).most).toBeLessThan(700);
  });
});
