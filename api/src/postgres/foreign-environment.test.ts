import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '../db.ts';
import { createDatabase } from './database.ts';
import { startEmbeddedPostgres } from './embedded.ts';
import { environmentOfPostgres } from './environment.ts';
import { applyMigrations } from './migrate.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'studyhall-foreign-'));
  await chmod(home, 0o755);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

describe('other people’s environment', () => {
  it('reaches neither the embedded Postgres nor our connections to it', async () => {
    const foreign = {
      PGSSLMODE: 'require',
      PGSSLNEGOTIATION: 'direct',
      PGHOST: 'db.example',
      PGPORT: '1',
      PGUSER: 'somebody',
      PGPASSWORD: 'secret',
      PGDATABASE: 'theirs',
      PGOPTIONS: '-c default_transaction_read_only=on -c search_path=theirs',
      PGAPPNAME: 'theirs',
      PGTZ: 'Asia/Tokyo',
      PGDATA: '/nowhere',
      PGSERVICE: 'theirs',
    };
    for (const [name, value] of Object.entries(foreign)) vi.stubEnv(name, value);
    const postgres = await startEmbeddedPostgres({ home, settings: { fsync: 'off' } });
    try {
      const url = postgres.urlFor('studyhall');
      await createDatabase(postgres.url, 'studyhall');
      expect((await applyMigrations(url)).length).toBeGreaterThan(0);
      const db = connect(url);
      const [row] = await db.$queryRaw<object[]>`
        SELECT current_setting('TimeZone') AS zone, current_setting('application_name') AS name, current_setting('search_path') AS path`;
      expect(row).toEqual({ zone: 'UTC', name: 'studyhall', path: '"$user", public' });
      await db.$disconnect();
    } finally {
      await postgres.stop();
    }
  });

  it('is left out of the programs’ own: preloaded libraries, locales, time zones, secrets', () => {
    const env = { PATH: '/bin', HOME: '/home', LD_PRELOAD: 'x', LC_ALL: 'tr_TR.UTF-8', TZ: ':nowhere', pgdata: 'x', STUDYHALL_TOKEN: 'x' };
    expect(environmentOfPostgres(env)).toEqual({ PATH: '/bin', HOME: '/home', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' });
  });
});
